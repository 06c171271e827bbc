"""What to take away is written while the team publishes: each decides of what was read, and one decides."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from events.models import Session
from hosting import taking_away as hosts
from recordings import taking_away
from recordings.models import TakeAway
from recordings.refusals import RecordingRefused
from tests import make
from tests.found import found
from tests.make import NOW
from tests.races.test_hosting import at_once, hosted, reader
from tests.recordings.test_taking_away import TEXTS

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]
#: An hour after the session.
AT = NOW + timedelta(days=16, hours=2)


@pytest.fixture
def session(transactional_db: None) -> Session:
    return hosted("Hana", "Ola")


def write(session: Session, problem: str, name: str = "Hana") -> Callable[[], TakeAway]:
    """The press of a host who has read what is there now."""
    seen = taking_away.of(session).seen

    def press() -> TakeAway:
        texts = TEXTS | {"problem": problem}
        return found(hosts.write(session, reader(name), texts, seen=seen, at=AT))

    return press


def refused(outcomes: list[object]) -> list[object]:
    return [one for one in outcomes if isinstance(one, RecordingRefused)]


def rows() -> list[tuple[str, str]]:
    return sorted(TakeAway.objects.values_list("state", "problem"))


def test_what_a_host_writes_while_it_is_published_is_never_published_unread(session):
    write(session, "Read.")()
    seen, tess = taking_away.of(session).seen, make.member("Tess")
    publish = partial(taking_away.publish, session, seen=seen, by=tess, at=AT)

    outcomes = at_once(session, publish, write(session, "Unread."))

    assert len(refused(outcomes)) == 1
    assert rows() in [[("published", "Read.")], [("waiting", "Unread.")]]


def test_of_two_who_publish_and_leave_it_at_once_one_decides(session):
    write(session, "Read.")()
    seen = taking_away.of(session).seen
    sam, tess = make.member("Sam"), make.member("Tess")

    outcomes = at_once(
        session,
        partial(taking_away.publish, session, seen=seen, by=sam, at=AT),
        partial(taking_away.leave, session, answer="No.", seen=seen, by=tess, at=AT),
    )

    row = TakeAway.objects.get()
    assert len(refused(outcomes)) == 1
    assert (row.state, row.decided_by) in [("published", sam), ("left", tess)]


def test_a_change_published_by_two_at_once_takes_the_place_of_what_was_read_before_once(session):
    write(session, "First.")()
    sam, tess = make.member("Sam"), make.member("Tess")
    taking_away.publish(session, seen=taking_away.of(session).seen, by=sam, at=AT)
    write(session, "Second.")()
    seen = taking_away.of(session).seen

    outcomes = at_once(
        session, *[partial(taking_away.publish, session, seen=seen, by=one, at=AT) for one in (sam, tess)]
    )

    assert len(refused(outcomes)) == 1
    assert rows() == [("published", "Second.")]


def test_of_two_hosts_who_write_at_once_the_later_reads_the_first(session):
    outcomes = at_once(session, write(session, "Hers."), write(session, "Theirs.", "Ola"))

    assert len(refused(outcomes)) == 1
    assert len(rows()) == 1


def test_of_a_host_who_takes_it_down_and_a_change_that_is_published_one_is_told_to_look_again(session):
    write(session, "First.")()
    tess = make.member("Tess")
    taking_away.publish(session, seen=taking_away.of(session).seen, by=tess, at=AT)
    write(session, "Second.")()
    seen = taking_away.of(session).seen

    outcomes = at_once(
        session,
        partial(taking_away.publish, session, seen=seen, by=tess, at=AT),
        partial(hosts.take_down, session, reader("Hana"), seen=seen, at=AT),
    )

    assert len(refused(outcomes)) == 1
    assert rows() in [[("published", "Second.")], [("waiting", "Second.")]]

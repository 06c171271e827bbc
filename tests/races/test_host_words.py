"""A host's words change while the team decides: each decides of what was read, and one decides."""

from collections.abc import Callable
from functools import partial

import pytest

from events.models import Session
from hosting import words
from hosting.access import HostingRefused
from hosting.models import Rewording
from tests import make
from tests.contracts import people
from tests.found import found
from tests.make import NOW
from tests.races.test_hosting import at_once, hosted, reader, refused

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]
State = Rewording.State


@pytest.fixture
def session(transactional_db: None) -> Session:
    return hosted("Hana", "Ola")


def write(session: Session, summary: str, name: str = "Hana") -> Callable[[], Rewording]:
    """The press of a host who has read what is there now."""
    there = words.words_of(session)
    wanted = there.wanted | {"summary": summary}

    def press() -> Rewording:
        return found(words.change(session, reader(name), wanted, seen=there.seen, at=NOW))

    return press


def says(session: Session) -> str:
    return Session.objects.get(pk=session.pk).summary


def test_what_a_host_writes_while_the_team_takes_it_is_never_taken_unread(session):
    told = write(session, "We draw.")()
    seen, tess = words.words_of(session).seen, people.staff("Event admin")
    take = partial(words.take, told.pk, seen=seen, by=tess, at=NOW)

    outcomes = at_once(session, take, write(session, "We sing."))

    (row,) = Rewording.objects.all()
    assert len(refused(outcomes)) == 1
    if row.state == State.TAKEN:
        assert (says(session), row.summary) == ("We draw.", "We draw.")
    else:
        assert (row.state, row.summary, says(session)) == (State.WAITING, "We sing.", session.summary)


def test_of_two_who_take_it_and_leave_it_at_once_one_decides(session):
    told = write(session, "We draw.")()
    seen, before = words.words_of(session).seen, session.summary
    sam, tess = make.member("Sam"), make.member("Tess")

    outcomes = at_once(
        session,
        partial(words.take, told.pk, seen=seen, by=sam, at=NOW),
        partial(words.leave, told.pk, seen=seen, by=tess, at=NOW),
    )

    row = Rewording.objects.get()
    assert len(refused(outcomes)) == 1
    assert (row.state, row.decided_by, says(session)) in [
        (State.TAKEN, sam, "We draw."),
        (State.LEFT, tess, before),
    ]


def test_of_two_hosts_who_write_at_once_the_later_reads_the_first(session):
    outcomes = at_once(session, write(session, "We draw."), write(session, "We sing.", "Ola"))

    (row,) = Rewording.objects.all()
    (first,) = [one for one in outcomes if not isinstance(one, HostingRefused)]
    assert len(refused(outcomes)) == 1
    assert (row.summary, row.host, row.version) == (first.summary, first.host, 1)


def test_what_is_put_back_by_two_at_once_is_put_back_once(session):
    told, before = write(session, "We draw.")(), session.summary
    tess = make.member("Tess")
    words.take(told.pk, seen=words.words_of(session).seen, by=tess, at=NOW)

    outcomes = at_once(session, *[partial(words.put_back, told.pk, by=tess, at=NOW)] * 2)

    assert len(refused(outcomes)) == 1
    assert (Rewording.objects.get().state, says(session)) == (State.PUT_BACK, before)

"""What to take away of a session: written by its hosts or the team, read by the team, then by everybody."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.actors import HOST
from audit.models import Entry
from events.models import Session
from members.privacy import erasure
from recordings import taking_away
from recordings.models import TakeAway
from recordings.refusals import RecordingRefused
from recordings.taking_away import MOST_WORDS, TakeAwayChanged
from tests import make
from tests.found import found
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
TEXTS = {
    "problem": "Letters went out late.",
    "done": "We counted them each day.",
    "monday": "- Count one thing",
    "links": "Our sheet https://example.org/sheet",
    "contact": "hana@hosts.example",
}


@pytest.fixture
def session() -> Session:
    """A session that is over by ``at``."""
    return make.session(make.event(), slug="flow", title="Flow")


@pytest.fixture
def at(session):
    return session.ends_at + timedelta(hours=1)


@pytest.fixture
def sam():
    return make.member("Sam")


@pytest.fixture
def write(session, at, sam):
    """Return a writer who has seen what is there, unless told otherwise."""

    def keep(host=None, seen=None, **texts: str) -> TakeAway | None:
        seen = taking_away.of(session).seen if seen is None else seen
        return taking_away.write(session, TEXTS | texts, seen=seen, host=host, by=sam, at=at)

    return keep


@pytest.fixture
def publish(session, at, sam):
    """Return who publishes what they see."""

    def press(seen=None) -> None:
        seen = taking_away.of(session).seen if seen is None else seen
        taking_away.publish(session, seen=seen, by=sam, at=at)

    return press


@pytest.fixture
def take_down(session, at, sam):
    """Return who takes down what they see."""

    def press(host=None, by=sam, seen=None) -> None:
        seen = taking_away.of(session).seen if seen is None else seen
        taking_away.take_down(session, seen=seen, host=host, by=by, at=at)

    return press


@pytest.fixture
def take_back(session, at, sam):
    """Return who deletes what they see."""

    def press(seen=None) -> None:
        seen = taking_away.of(session).seen if seen is None else seen
        taking_away.take_back(session, seen=seen, host=None, by=sam, at=at)

    return press


def shown() -> list[str]:
    """What everybody reads."""
    return list(TakeAway.objects.shown().values_list("problem", flat=True))


def test_nobody_reads_it_before_the_team_has_published_it(write, publish):
    write()
    assert shown() == []

    publish()

    assert shown() == ["Letters went out late."]


def test_what_is_published_stays_until_a_change_is_read(write, publish):
    write()
    publish()

    write(problem="Letters were lost.")
    assert shown() == ["Letters went out late."]

    publish()
    assert shown() == ["Letters were lost."]
    assert TakeAway.objects.count() == 1


def test_the_team_publishes_what_it_has_read_and_nothing_else(session, write, publish):
    write()
    seen = taking_away.of(session).seen
    write(problem="Something nobody has read.")

    with pytest.raises(TakeAwayChanged):
        publish(seen)

    assert shown() == []


def test_a_save_over_what_somebody_else_has_written_is_refused(session, write):
    seen = taking_away.of(session).seen
    write()

    with pytest.raises(TakeAwayChanged):
        write(seen=seen, problem="Mine.")

    assert found(taking_away.of(session).draft).problem == "Letters went out late."


def test_a_save_of_what_is_published_leaves_nothing_to_read(session, write, publish):
    write()
    publish()

    assert write() is None
    assert taking_away.of(session).draft is None


def test_the_same_again_waits_once(session, write):
    first = found(write())

    assert found(write()).version == first.version
    assert Entry.objects.filter(act="session.take-away-written").count() == 1


def test_it_has_as_many_words_as_four_minutes_read(session, write):
    rest = taking_away.count(TEXTS) - len(TEXTS["problem"].split())
    write(problem="word " * (MOST_WORDS - rest))
    assert found(taking_away.of(session).draft).minutes == 4

    with pytest.raises(RecordingRefused, match="851 words"):
        write(problem="word " * (MOST_WORDS - rest + 1))


def test_an_address_is_no_word():
    assert taking_away.count(dict.fromkeys(TEXTS, "") | {"links": "Our sheet https://example.org/sheet"}) == 2


@pytest.mark.parametrize(
    "line",
    ["https://example.org/sheet", "Our sheet http://example.org", "Our sheet", "Sheet javascript:alert(1)"],
)
def test_a_link_says_what_it_is_and_is_encrypted(line):
    with pytest.raises(RecordingRefused, match="Begin with what it is"):
        taking_away.links_of(line)


def test_links_are_ten_at_most():
    ten = "Sheet https://example.org/\n\n" * 10
    assert len(taking_away.links_of(ten).splitlines()) == 10

    with pytest.raises(RecordingRefused, match="ten"):
        taking_away.links_of(ten * 2)


def test_it_is_not_written_before_the_session_begins_nor_of_a_cancelled_one(session, sam, at):
    early = found(session.starts_at) - timedelta(seconds=1)
    for moment, state in ((early, "published"), (at, "cancelled")):
        Session.objects.update(status=state)
        with pytest.raises(RecordingRefused, match="once the session has begun"):
            taking_away.write(session, TEXTS, seen=taking_away.of(session).seen, host=None, by=sam, at=moment)
    assert not TakeAway.objects.exists()


def test_of_a_cancelled_session_nothing_is_published_and_nothing_is_read(session, write, publish):
    write()
    publish()
    write(problem="Other.")
    Session.objects.update(status="cancelled")

    with pytest.raises(RecordingRefused, match="does not take place"):
        publish()

    assert shown() == []


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_of_an_event_that_is_not_shown_nothing_is_read(status, session, write, publish):
    write()
    publish()
    type(session.event).objects.update(status=status)

    assert shown() == []


def test_what_the_team_does_not_publish_is_answered_and_can_be_written_again(
    session, write, publish, sam, at
):
    write()
    taking_away.leave(session, answer="Name no ward.", seen=taking_away.of(session).seen, by=sam, at=at)
    left = found(taking_away.of(session).draft)
    assert (left.state, left.answer, left.decided_by) == ("left", "Name no ward.", sam)

    again = found(write(problem="Letters of a ward went out late."))

    assert (again.state, again.answer, again.decided_by) == ("waiting", "", None)


def test_a_host_takes_it_down_at_once_and_it_is_kept_to_be_changed(session, write, publish, take_down):
    hana = make.host(session)
    write()
    publish()

    for _press in range(2):
        take_down(host=hana, by=HOST)

    assert shown() == []
    assert found(taking_away.of(session).draft).state == "left"
    assert Entry.objects.filter(act="session.take-away-taken-down").count() == 1


def test_taken_down_while_something_waits_leaves_what_waits(write, publish, take_down):
    write()
    publish()
    write(problem="Other.")

    take_down()

    assert shown() == []
    assert [one.problem for one in TakeAway.objects.all()] == ["Other."]


def test_what_is_taken_back_is_deleted_and_what_is_published_stays(write, publish, take_back):
    write()
    publish()
    write(problem="Other.")

    take_back()

    assert shown() == ["Letters went out late."]
    assert TakeAway.objects.count() == 1


def test_a_stale_press_deletes_and_takes_down_nothing(session, write, publish, take_down, take_back):
    write()
    seen = taking_away.of(session).seen
    write(problem="Somebody else wrote this.")
    with pytest.raises(TakeAwayChanged):
        take_back(seen)
    assert found(taking_away.of(session).draft).problem == "Somebody else wrote this."

    publish()
    with pytest.raises(TakeAwayChanged):
        take_down(seen=seen)
    assert shown() == ["Somebody else wrote this."]


def test_what_a_host_took_down_is_published_once_it_is_written_anew(session, write, publish, take_down):
    hana = make.host(session)
    write()
    publish()
    take_down(host=hana, by=make.member("Hana"))

    with pytest.raises(RecordingRefused, match="A host took it down"):
        publish()
    assert shown() == []

    assert found(write()).is_waiting
    publish()
    assert shown() == ["Letters went out late."]


def test_what_the_team_took_down_it_publishes_again(write, publish, take_down):
    write()
    publish()
    take_down()

    publish()

    assert shown() == ["Letters went out late."]


def test_who_presses_twice_is_not_refused(session, write, publish, sam, at):
    empty = taking_away.of(session).seen
    assert found(write(seen=empty)).version == found(write(seen=empty)).version == 1
    seen = taking_away.of(session).seen

    for _press in range(2):
        publish(seen)

    write(problem="Other.")
    seen = taking_away.of(session).seen
    for _press in range(2):
        taking_away.leave(session, answer="Name no ward.", seen=seen, by=sam, at=at)


def test_signs_of_lists_cost_no_minutes(write):
    assert found(write(monday="- one two\n" * 410)).minutes == 4


def test_whoever_saved_last_the_contact_goes_with_a_host_who_is_erased(session, write, publish):
    hana = make.member("Hana")
    make.host(session, member=hana)
    write(contact="Hana, 07700 900123")
    publish()
    write(problem="A typo less.", contact="Hana, 07700 900123")

    erasure.erase(hana, by=BY, at=NOW)

    assert list(TakeAway.objects.values_list("contact", flat=True)) == ["", ""]
    assert shown() == ["Letters went out late."]


def test_what_is_written_late_is_kept_for_90_days_from_then(session, sam):
    late = found(session.ends_at) + timedelta(days=95)
    taking_away.write(session, TEXTS, seen=taking_away.of(session).seen, host=None, by=sam, at=late)

    assert taking_away.forget(at=late + timedelta(days=90)) == 0
    assert taking_away.forget(at=late + timedelta(days=91)) == 1


def test_what_was_never_published_is_forgotten_90_days_after(session, write, publish):
    write()
    publish()
    write(problem="Other.")
    last = NOW.replace(hour=0) + (session.event.last_day - NOW.date()) + timedelta(days=90)

    assert taking_away.forget(at=last) == 0
    assert taking_away.forget(at=last + timedelta(days=1)) == 1
    assert shown() == ["Letters went out late."]


@pytest.mark.parametrize(
    "fields",
    [{"problem": ""}, {"decided_at": NOW}, {"state": "published"}],
    ids=["says nothing", "waits and is decided", "is published undecided"],
)
def test_the_database_refuses_what_must_never_be(fields, session):
    row = {"problem": "a", "done": "b", "monday": "c", "written_at": NOW} | fields
    with pytest.raises(IntegrityError), transaction.atomic():
        TakeAway.objects.create(session=session, **row)


@pytest.mark.parametrize("state", ["waiting", "left", "published"])
def test_the_database_keeps_one_that_waits_and_one_that_is_published(state, session):
    row = {"problem": "a", "done": "b", "monday": "c", "written_at": NOW, "state": state}
    row["decided_at"] = None if state == "waiting" else NOW
    TakeAway.objects.create(session=session, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        TakeAway.objects.create(session=session, **row)

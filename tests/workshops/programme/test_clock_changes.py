"""Sessions that are read at another time since a country changed its clocks; British Columbia did in 2026."""

import shutil
import sysconfig
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Any

import pytest

from common import zones
from common.times import offset_minutes
from events.models import Event, Session
from notifications.models import Message
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.programme_import.programmes import WELCOME, load
from workshops.models import Booking
from workshops.places import booking
from workshops.programme import changes, clock_changes
from workshops.programme.changes import ProgrammeRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

HOUR = timedelta(hours=1)
#: Ten in the morning in Vancouver, by the rules until 2026: seven hours from UTC since, eight before.
TEN = datetime(2026, 12, 9, 18, 0, tzinfo=UTC)
PST = -8 * 60
AT_TEN: dict[str, Any] = {
    "starts_at": TEN,
    "ends_at": TEN + HOUR,
    "starts_offset": PST,
    "ends_offset": PST,
}


@pytest.fixture
def event() -> Event:
    first, last = date(2026, 12, 9), date(2026, 12, 10)
    return make.event(
        slug="2026", title="Q 2026", time_zone="America/Vancouver", first_day=first, last_day=last
    )


@pytest.fixture
def session(event) -> Session:
    """A workshop that was entered for ten o'clock, before the rules changed."""
    return make.workshop(event, title="Leading quietly", **AT_TEN)


@pytest.fixture
def older_machine(tmp_path, monkeypatch) -> Iterator[None]:
    """A machine whose own files have Vancouver at eight hours from UTC for good."""
    file = tmp_path / "America" / "Vancouver"
    file.parent.mkdir()
    with resources.as_file(resources.files("tzdata.zoneinfo.Etc") / "GMT+8") as kept:
        shutil.copy(kept, file)
    zones.of_the_machine.cache_clear()
    monkeypatch.setattr(sysconfig, "get_config_var", lambda name: str(tmp_path))
    yield
    zones.of_the_machine.cache_clear()


def told():
    return list(Message.objects.filter(kind="session-changed").values_list("member__name", flat=True))


def test_a_session_whose_zone_has_new_rules_is_listed_with_what_was_meant(session):
    [one] = clock_changes.differences(at=NOW)

    assert (one.session, one.is_older, clock_changes.number(at=NOW)) == (session, False, 1)
    assert one.meant == "Wednesday 9 December, 10:00 to 11:00"
    assert one.now == "Wednesday 9 December, 11:00 to 12:00 (Vancouver time, UTC−7)"


def test_what_is_read_as_was_meant_is_not_listed(event, session):
    Session.objects.update(starts_offset=-7 * 60, ends_offset=-7 * 60)

    assert clock_changes.differences(at=NOW) == []
    assert clock_changes.by_event(at=NOW) == []
    assert clock_changes.number(at=NOW) == 0


def test_what_is_over_or_cancelled_is_not_listed(session):
    over = clock_changes.differences(at=TEN + HOUR)
    Session.objects.update(status=Session.Status.CANCELLED)

    assert (over, clock_changes.differences(at=NOW)) == ([], [])


def test_keeping_the_clocks_moves_the_session_with_all_that_follows(event, session):
    ada = make.registration(event, make.member("Ada"))
    booked = booking.book(session, ada, by=BY, at=NOW)
    make.host(session, "Hana")

    [(_, [listed])] = clock_changes.by_event(at=NOW)
    moved = clock_changes.keep_clocks([session.pk], by=BY, at=NOW)

    session.refresh_from_db()
    booked.refresh_from_db()
    assert (listed.people, moved, sorted(told(), key=str)) == (2, 1, ["Ada", None])
    assert (session.starts_at, session.ends_at, session.sequence) == (TEN - HOUR, TEN, 1)
    assert (booked.during.lower, booked.during.upper) == (TEN - HOUR, TEN)
    assert (session.starts_offset, session.ends_offset) == (-7 * 60, -7 * 60)
    assert clock_changes.differences(at=NOW) == []
    assert clock_changes.keep_clocks([session.pk], by=BY, at=NOW) == 0


def test_a_move_onto_another_booked_session_leaves_it_to_them(event, session):
    other = make.workshop(event, starts_at=TEN - HOUR, ends_at=TEN, starts_offset=-420, ends_offset=-420)
    ada = make.registration(event, make.member("Ada"))
    for one in (session, other):
        booking.book(one, ada, by=BY, at=NOW)

    clock_changes.keep_clocks([session.pk], by=BY, at=NOW)

    assert Session.objects.get(pk=session.pk).starts_at == TEN - HOUR
    assert dict(Booking.objects.values_list("session", "status")) == {
        session.pk: Booking.Status.CONTESTED,
        other.pk: Booking.Status.BOOKED,
    }


def test_keeping_the_moment_tells_nobody_and_means_the_new_time(event, session):
    booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=NOW)

    left = clock_changes.keep_moments([session.pk], by=BY, at=NOW)

    assert (left, told(), Session.objects.get().starts_at) == (1, [], TEN)
    assert clock_changes.differences(at=NOW) == []


def test_only_what_was_chosen_is_touched(event, session):
    other = make.session(event, **AT_TEN)

    clock_changes.keep_clocks([session.pk, 999_999], by=BY, at=NOW)

    assert [one.session for one in clock_changes.differences(at=NOW)] == [other]


def test_an_older_session_is_listed_with_both_readings(older_machine, session):
    Session.objects.update(starts_offset=None, ends_offset=None)

    [one] = clock_changes.differences(at=NOW)

    assert (one.is_older, one.meant) == (True, "Wednesday 9 December, 10:00 to 11:00")
    assert one.now == "Wednesday 9 December, 11:00 to 12:00 (Vancouver time, UTC−7)"


def test_a_time_that_the_clocks_skip_is_left_to_a_person():
    event = make.event(first_day=date(2027, 3, 28), last_day=date(2027, 3, 28))
    starts_at = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    session = make.session(
        event, starts_at=starts_at, ends_at=starts_at + HOUR * 2, starts_offset=60, ends_offset=60
    )

    with pytest.raises(ProgrammeRefused, match="never or twice"):
        clock_changes.keep_clocks([session.pk], by=BY, at=NOW)

    assert Session.objects.get().starts_at == starts_at


def test_a_session_keeps_its_offsets_from_when_its_time_was_last_set(event):
    session = Session(event=event, title="New", slug="new", starts_at=TEN, ends_at=TEN + HOUR)
    changes.save_session(session, by=BY, at=NOW)
    entered = offset_minutes("America/Vancouver", TEN)
    Session.objects.update(starts_offset=PST)
    session = Session.objects.get()
    session.title = "Newer"
    changes.save_session(session, by=BY, at=NOW)
    renamed = Session.objects.get().starts_offset
    session.starts_at = found(session.starts_at) - HOUR
    changes.save_session(session, by=BY, at=NOW)

    assert (renamed, Session.objects.get().starts_offset) == (PST, entered)


def test_an_imported_session_has_its_offsets(event):
    row = WELCOME.replace("2026-11-18", "2026-12-09").replace("+00:00", "")

    load(event, row)

    offset = offset_minutes("America/Vancouver", TEN)
    assert Session.objects.values_list("starts_offset", "ends_offset").get() == (offset, offset)


def test_thirty_sessions_cost_as_many_queries_as_one(event, session, django_assert_num_queries):
    with django_assert_num_queries(4):
        clock_changes.by_event(at=NOW)
    for _ in range(29):
        make.session(event, **AT_TEN)

    with django_assert_num_queries(4):
        [(_, found)] = clock_changes.by_event(at=NOW)

    assert len(found) == 30

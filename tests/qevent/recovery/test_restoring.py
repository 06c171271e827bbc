"""A backup made in the middle of booking, restored after the site went on: no letter goes twice."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import icalendar
import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session as LogIn
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError
from django.db import connection
from django.test import Client

from events.models import Event, Registration, Session
from live.models import MeetingReport
from members.models import Member, SiteSettings
from members.privacy import erasure
from notifications import after_restore
from notifications.models import Message
from qevent.recovery import invariants as rules
from qevent.recovery import scratch
from tests import calendar_files, invariants, letters, make, servers
from tests.contracts import people
from tests.make import BY, NOW
from tests.qevent.recovery.conftest import said
from tests.races.together import together
from workshops import tasks
from workshops.letters import calendar_feed
from workshops.models import Booking
from workshops.places import booking
from workshops.programme import changes

pytestmark = pytest.mark.slow
#: What moves the moment at which a test plays.
Clock = Any
HOUR = timedelta(hours=1)
OPENS, RESTORED = NOW + HOUR, NOW + 3 * HOUR


class Community:
    """Twelve people at three workshops of two places, and an event whose booking opens in an hour."""

    def __init__(self) -> None:
        site, _ = SiteSettings.objects.get_or_create(pk=1)
        site.logo.save("logo.png", ContentFile(b"a picture"))
        self.event = make.event(slug="2026")
        self.sessions = [make.workshop(self.event, 2, hour=10 + 2 * number) for number in range(3)]
        everybody = [make.member(f"Person {number}") for number in range(12)]
        self.registrations = [make.registration(self.event, one) for one in everybody]
        self.ada = self.registrations[0].member
        self.later = make.event(slug="later", booking_opens_at=OPENS)
        make.workshop(self.later)
        make.registration(self.later, self.ada)
        calendar_feed.make_address(self.ada, at=NOW)
        self.browser = people.reader(self.ada)

    def book(self, number: int, *registrations: Registration) -> None:
        for one in registrations:
            booking.book(self.sessions[number], one, by=BY, at=NOW)

    def move(self, number: int) -> None:
        session = Session.objects.select_related("event").get(pk=self.sessions[number].pk)
        changes.save_session(make.later(session, timedelta(minutes=5)), by=BY, at=NOW)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The moment at which the test plays: ``clock.move_to``."""
    with time_machine.travel(NOW, tick=False) as moment:
        yield moment


@pytest.fixture
def community(own_site: str, clock: Clock) -> Community:
    return Community()


def restore(clock: Clock, file: Path, **options: bool) -> str:
    """Restore two hours after the last that happened; return what is said."""
    clock.move_to(RESTORED)
    return said("restore", file, **options)


def sequence(member: Member) -> int:
    """The highest SEQUENCE that their calendar shows."""
    body = Client().get(calendar_feed.address(member).removeprefix(settings.SITE_URL)).content
    return max(calendar_files.number(one, "SEQUENCE") for one in icalendar.Calendar.from_ical(body).events)


def sent() -> Counter[Any]:
    """How often each letter went: to whom, and what it says in its subject and its words."""
    return Counter((*one.to, one.subject, one.body) for one in mail.outbox)


def kinds(state: Message.State) -> set[str]:
    """Of which kinds there are messages in this state."""
    return set(Message.objects.filter(state=state).values_list("kind", flat=True))


def deliver_all(at: Any) -> int:
    """Send what is due for days, whatever beat and workers do meanwhile; return how many."""
    before = len(mail.outbox)
    for later in (timedelta(0), HOUR, timedelta(days=3)):
        with time_machine.travel(at + later, tick=False):
            tasks.sweep()
            tasks.tell_opened()
            tasks.announce_openings()
        letters.deliver(at + later)
    return len(mail.outbox) - before


def test_a_site_that_went_on_is_restored_whole_and_nobody_gets_a_letter_twice(community, backup, clock):
    community.book(0, *community.registrations[:4])
    letters.deliver(NOW)
    community.book(1, community.registrations[0])
    books = [partial(community.book, 2, one) for one in community.registrations[4:]]
    *_, file = together(*books, backup)
    letters.deliver(NOW + HOUR / 2)
    for number in range(3):
        community.move(number)
    booking.cancel(Booking.objects.booked().filter(session=community.sessions[0])[0], by=BY, at=NOW)
    community.book(1, *community.registrations[6:])
    clock.move_to(OPENS)
    tasks.tell_opened()
    letters.deliver(OPENS + HOUR)
    before, told, went = sent(), sequence(community.ada), kinds(Message.State.SENT)

    answer = restore(clock, file)

    assert invariants.broken() == rules.broken() == []
    assert "emails wait as maybe sent" in answer
    assert "PROBLEM" not in answer
    held = kinds(Message.State.MAYBE_SENT)
    assert deliver_all(RESTORED) == 0
    assert {"agenda", "booking-opens"} <= went & held
    assert sent() == before
    assert sequence(community.ada) > told + 500
    assert Path(SiteSettings.load().logo.path).read_bytes() == b"a picture"
    assert str(SiteSettings.load().logo.path).startswith(str(settings.MEDIA_ROOT))


@pytest.fixture
def restored(community: Community, backup, clock) -> Community:
    """Ada has booked, which they were not told before the backup, and Bo after it; then it was restored."""
    community.book(0, community.registrations[0])
    file = backup()
    community.book(1, community.registrations[1])
    letters.deliver(NOW + HOUR)
    restore(clock, file)
    return community


def test_what_is_let_go_is_told_as_it_is_now_and_once(restored, clock):
    by = make.member("Sam")

    numbers = [after_restore.release("agenda", by=by, at=RESTORED) for _ in range(2)]
    told = [one.to for one in letters.deliver(RESTORED)]

    assert numbers == [1, 0]
    assert told == [[restored.ada.email]]
    assert letters.deliver(RESTORED + HOUR) == []


def test_what_is_done_after_the_restore_is_told(restored, clock):
    bo = restored.registrations[1]

    booking.book(restored.sessions[1], bo, by=BY, at=RESTORED)

    assert [one.to for one in letters.deliver(RESTORED + HOUR)] == [[bo.member.email]]


def test_an_entry_that_calendars_have_from_after_the_backup_counts_on(restored, clock):
    bo = restored.registrations[1]
    sent = [one for one in mail.outbox if isinstance(one, EmailMultiAlternatives)]
    first = [number for one in sent for _, _, number in letters.entries(one)]
    booking.book(restored.sessions[1], bo, by=BY, at=RESTORED)

    [again] = letters.deliver(RESTORED + HOUR)

    assert min(number for _, _, number in letters.entries(again)) > max(first)


def test_a_number_that_was_given_after_the_backup_is_nobody_elses(community, backup, clock):
    file = backup()
    lost = make.registration(community.event, make.member("Bo"))
    restore(clock, file)

    made = make.registration(community.event, make.member("Cy"))

    assert not Registration.objects.filter(pk=lost.pk).exists()
    assert (made.pk - lost.pk, made.member_id - lost.member_id) > (500_000, 500_000)


def test_who_was_erased_after_the_backup_is_erased_again_and_mailed_no_more(community, backup, clock):
    community.book(0, community.registrations[1])
    bo = community.registrations[1].member
    address = bo.email
    file = backup()
    erasure.erase(bo, by=BY, at=NOW + HOUR)
    letters.deliver(NOW + HOUR)
    before = sent()

    answer = restore(clock, file)
    deliver_all(RESTORED)
    for one in after_restore.held():
        after_restore.release(one.kind, by=community.ada, at=RESTORED)
    deliver_all(RESTORED + HOUR)

    bo.refresh_from_db()
    assert "Erased again: 1 account" in answer
    assert (bo.name, bo.email) != ("Person 1", address)
    assert not Booking.objects.live().filter(member=bo).exists()
    assert [to for to, *_ in sent() - before if to == address] == []
    assert invariants.broken() == rules.broken() == []


def test_everybody_logs_in_again(restored, clock):
    assert LogIn.objects.count() == 0
    assert not restored.browser.get("/members/profile/").wsgi_request.user.is_authenticated


def test_what_was_the_site_stays_beside_it(community, backup, own_site, clock):
    file = backup()
    Event.objects.update(title="After the backup")
    SiteSettings.load().logo.save("other.png", ContentFile(b"another"))
    root = Path(settings.MEDIA_ROOT)
    answer = restore(clock, file)

    now, before = own_site, f"{own_site[:63]}_before_20261102T130000"

    assert (scratch.exists(now), scratch.exists(before)) == (True, True)
    assert before in answer
    assert not Event.objects.filter(title="After the backup").exists()
    with scratch.connected_to(before):
        assert Event.objects.filter(title="After the backup").exists()
    uploads = [root, root.with_name("media.before-20261102T130000")]
    assert [len([*one.rglob("*.png")]) for one in uploads] == [1, 2]


def test_recordings_come_back_and_those_of_before_stay_beside_them(community, backup, own_site, clock):
    storages["recordings"].save("1/a.mp4", ContentFile(b"A"))
    file = backup()
    storages["recordings"].save("1/b.mp4", ContentFile(b"B"))
    root = Path(settings.RECORDINGS_ROOT)

    answer = restore(clock, file)

    kept = root.with_name("recordings.before-20261102T130000")
    assert [sorted(one.name for one in folder.rglob("*.mp4")) for folder in (root, kept)] == [
        ["a.mp4"],
        ["a.mp4", "b.mp4"],
    ]
    assert "The recordings of before are in" in answer


def test_a_report_of_a_meeting_that_waits_is_in_no_backup(community, backup, clock):
    facts = {"session": community.sessions[0], "member": community.ada, "created_at": NOW}
    MeetingReport.objects.create(filename="r.csv", content=b"Name\nSomebody who is nobody of ours", **facts)
    file = backup()
    checked = said("restore", file, check=True)

    restore(clock, file)

    assert "It is whole." in checked
    assert not MeetingReport.objects.exists()


def test_on_a_new_machine_there_is_nothing_to_stop_or_to_keep(community, backup, own_site, clock):
    file = backup()
    connection.close()
    scratch.drop(own_site)
    shutil.rmtree(settings.MEDIA_ROOT)

    answer = restore(clock, file)

    assert "of before" not in answer
    assert databases_of(own_site) == [own_site]
    assert Registration.objects.count() == 13
    assert Path(SiteSettings.load().logo.path).is_file()


ORDER = "SELECT datlocprovider, datcollate, datctype, to_jsonb(one) ->> 'datlocale' FROM pg_database AS one"


@pytest.mark.parametrize(
    "made",
    [
        "LOCALE_PROVIDER libc LC_COLLATE 'POSIX' LC_CTYPE 'C'",
        "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C'",
        "",
    ],
)
def test_it_is_restored_into_a_database_that_sorts_as_the_sites_does(own_site, made):
    other = f"{own_site}_before_"
    with closing(servers.connect("postgres")) as server, server.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{other}" TEMPLATE template0 {made}')
        with scratch.connected_to(other):
            scratch.create(f"{other}new")
        cursor.execute(f"{ORDER} WHERE datname IN ('{other}', '{other}new')")
        first, second = cursor.fetchall()

    assert first == second


def test_a_check_leaves_the_site_alone_and_nothing_beside_it(community, backup, own_site, clock):
    file = backup()
    community.book(0, community.registrations[0])

    answer = restore(clock, file, check=True)

    assert "It is whole." in answer
    assert Booking.objects.count() == 1
    assert not Message.objects.filter(state=Message.State.MAYBE_SENT).exists()
    assert databases_of(own_site) == [own_site]
    assert [one.name for one in Path(settings.MEDIA_ROOT).parent.iterdir() if "media" in one.name] == [
        "media"
    ]


def test_a_site_in_use_is_left_alone(community, backup, own_site, clock):
    file = backup()
    with closing(servers.connect(own_site)), pytest.raises(CommandError, match="stop web, worker, bulk mail"):
        restore(clock, file)

    assert databases_of(own_site) == [own_site]


def test_what_is_not_whole_takes_no_place_unless_it_is_said(community, backup, own_site, clock):
    Path(SiteSettings.load().logo.path).unlink()
    connection.close()
    file = backup()
    Event.objects.update(title="After the backup")

    with pytest.raises(CommandError, match="not whole"):
        restore(clock, file)
    refused = Event.objects.filter(title="After the backup").exists()
    answer = restore(clock, file, despite_problems=True)

    assert refused
    assert "PROBLEM: members.sitesettings: site" in answer
    assert not Event.objects.filter(title="After the backup").exists()


def databases_of(name: str) -> list[str]:
    with closing(servers.connect("postgres")) as server, server.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name])
        return [found for (found,) in cursor.fetchall()]


@pytest.mark.parametrize(
    ("now", "fallbacks", "said_of_it"),
    [
        (None, [], "The secret key is that of the backup."),
        ("another key", ["the key of then"], "The secret key of the backup is a fallback"),
        ("another key", [], "put the key of then into SECRET_KEY_FALLBACKS"),
    ],
)
def test_it_says_whether_what_was_signed_then_opens_now(
    own_site, backup, monkeypatch, now, fallbacks, said_of_it, clock
):
    monkeypatch.setattr(settings, "SECRET_KEY", "the key of then")
    file = backup()
    monkeypatch.setattr(settings, "SECRET_KEY", now or "the key of then")
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", fallbacks)

    assert said_of_it in restore(clock, file, check=True)

"""How to join is emailed only near the session, to those who take part, once, with a reason that is kept."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from audit.models import Entry
from concerns import removal
from events.models import SessionContributor
from live import joining_letter, new_link
from live.joining_letter import LetterRefused, Sent
from live.models import JoiningLetter
from notifications.models import Message
from notifications.outbox import KINDS
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from workshops.places import booking

pytestmark = pytest.mark.django_db
#: The session begins at ten on the first day of make.event.
AT = NOW.replace(day=18, hour=9, minute=50)
HOUR = timedelta(hours=1)
DETAILS: dict[str, Any] = {
    "join_url": "https://meet.example/1",
    "meeting_number": "123 456",
    "passcode": "S3CRET",
    "dial_in": "+44 20 7946 0000",
}


@pytest.fixture
def event():
    return make.event(slug="2026")


@pytest.fixture
def ada(event):
    return make.registration(event, make.member("Ada"))


@pytest.fixture
def flow(event, ada):
    """Ada has a place, Bo is registered without one, Hana hosts and has no account."""
    session = make.workshop(event, slug="flow", title="Flow", **DETAILS)
    make.host(session, "Hana", email="hana@hosts.example")
    booking.book(session, ada, by=BY, at=NOW)
    make.registration(event, make.member("Bo"))
    return session


@pytest.fixture
def tess():
    return people.staff("Event admin")


def rendered(message):
    return KINDS[message.kind].render(message)


def send(session, by, reason="The site is down.", *, at=AT):
    return joining_letter.send(session, reason, by=by, at=at)


def owed():
    return Message.objects.filter(kind=joining_letter.KIND).order_by("pk")


def to_whom():
    return {one.member.name if one.member else one.email for one in owed()}


def test_it_has_all_that_is_needed_to_join_and_goes_to_who_takes_part(flow, tess):
    assert send(flow, tess) == Sent(new=2, before=0)

    assert to_whom() == {"Ada", "hana@hosts.example"}
    for message in owed():
        letter = rendered(message)
        assert all(value in letter.text and value in letter.html for value in DETAILS.values())


def test_to_a_session_without_booking_comes_who_is_registered(event, ada, tess):
    plenary = make.session(event, **DETAILS)
    make.registration(event, make.member("Rae"), status="received")
    make.registration(event, make.member("Bo"))

    send(plenary, tess)

    assert to_whom() == {"Ada", "Bo"}


def test_pressed_twice_it_is_one_and_who_came_since_gets_it(event, flow, tess):
    send(flow, tess)
    assert send(flow, tess) == Sent(new=0, before=2)

    booking.book(flow, event.registrations.get(member__name="Bo"), by=BY, at=NOW)
    other = people.staff("Event admin")
    assert send(flow, other, "Still down.") == Sent(new=1, before=2)
    assert Entry.objects.filter(act="day.joining-letter-sent").count() == 2
    told = JoiningLetter.objects.order_by("pk").values_list("reason", "by")
    assert list(told) == [("The site is down.", tess.pk), ("Still down.", other.pk)]


def test_with_another_link_it_is_another_letter(flow, tess):
    send(flow, tess)
    type(flow).objects.update(passcode="Other")

    assert send(flow, tess) == Sent(new=2, before=0)
    assert "S3CRET" not in "".join(JoiningLetter.objects.values_list("details", flat=True))


def test_back_at_the_first_link_it_is_told_again_as_another_was_told_last(flow, tess):
    def link(url):
        values = DETAILS | {"join_url": url}
        new_link.change(flow, values, seen=new_link.seen_as(flow), by=tess, at=AT)
        flow.refresh_from_db()

    send(flow, tess)
    link("https://meet.example/2")
    assert send(flow, tess).new == 2
    link(DETAILS["join_url"])
    assert send(flow, tess).new == 2


def test_a_host_who_was_taken_out_or_off_gets_nothing_whenever_that_was(event, flow, tess):
    hugo = make.member("Hugo")
    make.host(flow, "Hugo", member=hugo)
    send(flow, tess)
    assert "Hugo" in to_whom()
    mine, hanas = owed().get(member=hugo), owed().get(email="hana@hosts.example")
    assert rendered(mine) is not None
    assert rendered(hanas) is not None

    removal.remove(event, hugo, "Of the conduct.", "Of the conduct.", by=tess, at=AT)
    SessionContributor.objects.filter(contributor__email="hana@hosts.example").delete()

    assert rendered(mine) is None
    assert rendered(hanas) is None
    owed().delete()
    send(flow, tess)
    assert to_whom() == {"Ada"}


@pytest.mark.parametrize(
    ("at", "fields", "reason", "says"),
    [
        (AT - 2 * HOUR, {}, "Down.", "two hours before"),
        (AT + 2 * HOUR, {}, "Down.", "is over"),
        (AT, {"status": "cancelled"}, "Down.", "does not take place"),
        (AT, dict.fromkeys(DETAILS, ""), "Down.", "Set the link first"),
        (AT, {}, "  ", "Say why"),
        (AT, {}, "x" * 201, "Say why"),
    ],
)
def test_at_any_other_time_and_without_a_reason_nothing_goes_out(flow, tess, at, fields, reason, says):
    type(flow).objects.update(**fields or {"title": "Flow"})

    with pytest.raises(LetterRefused, match=says):
        send(flow, tess, reason, at=at)
    assert not owed().exists()
    assert not JoiningLetter.objects.exists()


def test_who_has_given_the_place_up_meanwhile_gets_nothing(flow, ada, tess):
    send(flow, tess)
    booking.cancel(ada.bookings.get(), by=BY, at=AT)

    assert rendered(owed().get(member=ada.member)) is None


def test_its_words_are_kept_nowhere_and_shown_to_nobody(flow):
    assert KINDS[joining_letter.KIND].is_confidential


def test_that_it_went_out_is_forgotten_after_a_year(flow, tess):
    send(flow, tess)

    assert joining_letter.forget(at=AT + joining_letter.RETENTION - HOUR) == 0
    assert joining_letter.forget(at=AT + joining_letter.RETENTION) == 1


def test_the_command_says_first_and_sends_with_a_reason(event, flow, capsys):
    make.session(event, slug="later", hour=15, **DETAILS)
    with time_machine.travel(AT, tick=False):
        call_command("joining_letter", "2026")
        assert capsys.readouterr().out.splitlines() == [
            "flow (10:00): to 2",
            'Nothing was sent. Add --send "The site is down." to send them.',
        ]
        assert not owed().exists()

        call_command("joining_letter", "2026", "flow", "later", "--send", "The site is down.")
    assert capsys.readouterr().out.splitlines() == [
        "flow (10:00): 2 on the way, 0 had it already",
        "later (15:00): not sent. It goes out from two hours before the session on, and not earlier.",
    ]
    assert JoiningLetter.objects.get().by is None


def test_the_command_names_what_there_is(flow):
    with pytest.raises(CommandError, match="The events are: 2026"):
        call_command("joining_letter", "2025")
    with pytest.raises(CommandError, match="no session nothing"):
        call_command("joining_letter", "2026", "nothing")

"""A message to those who come goes to who is of the group at the press, once each; answers go to the team."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.mail import EmailMultiAlternatives

from audit.acts import Act
from audit.models import Entry
from events import cancellation
from events.models import Session
from members.models import Member, SiteSettings
from members.privacy import erasure
from notifications.models import Message
from tests import letters, make
from tests.make import BY, NOW
from tests.workshops.places import state
from tests.workshops.places.state import minutes
from tests.workshops.programme.moving import move
from workshops.letters import session_words
from workshops.letters.session_words import AnotherWasSent, Group, NobodyToWriteTo
from workshops.models import Booking, SessionWords, Workshop
from workshops.places import booking
from workshops.programme import cancelling

pytestmark = pytest.mark.django_db


@pytest.fixture
def tess() -> Member:
    return make.member("Tess", is_staff=True)


@pytest.fixture
def huddle() -> Session:
    """Two places: Ada and Bo have them, Cy waits, Di holds an offer."""
    event = make.event(title="Community event")
    session = make.workshop(event, title="The huddle", slug="huddle", capacity=3)
    *_, ed, di, _ = [
        booking.book(session, one, by=BY, at=NOW)
        for one in state.registered(event, "Ada", "Bo", "Ed", "Di", "Cy")
    ]
    booking.book(make.workshop(event), di.registration, by=BY, at=NOW)
    booking.cancel(ed, by=BY, at=NOW)
    assert Booking.objects.get(pk=di.pk).status == "offered"
    return session


def send(session: Session, group: str, by: Member, submission: UUID | None = None, **more: Any) -> int:
    fields: dict[str, Any] = {
        "subject": "Bring a pen",
        "words": "We draw.\n\nSee you there.",
        "at": NOW,
    } | more
    return session_words.send(session, group, submission=submission or uuid4(), by=by, **fields)


def sent() -> list[EmailMultiAlternatives]:
    """The emails of the message; those of the offer go out as well."""
    return [one for one in letters.deliver(minutes(1)) if one.subject == "Bring a pen"]


def to() -> list[str]:
    messages = Message.objects.filter(kind="session-words").select_related("member").order_by("id")
    return sorted(one.member.name if one.member else one.email for one in messages)


@pytest.mark.parametrize(
    ("group", "names"), [(Group.BOOKED, ["Ada", "Bo"]), (Group.WAITING, ["Cy", "Di"])], ids=str
)
def test_it_goes_to_who_is_of_the_group(huddle, tess, group, names):
    assert send(huddle, group, tess) == 2

    assert to() == names


def test_hosts_get_it_by_account_or_by_the_address_of_their_record(huddle, tess):
    hana = make.member("Hana")
    make.host(huddle, "Hana Okafor", member=hana)
    make.host(huddle, "Hana again", member=hana)
    make.host(huddle, "Gus", email="gus@hosts.example")
    make.host(huddle, "Unknown", email="")

    assert send(huddle, Group.HOSTS, tess) == 2

    assert to() == ["Hana", "gus@hosts.example"]
    assert sorted(one.to[0] for one in sent()) == sorted([hana.email, "gus@hosts.example"])


def test_a_host_whose_account_is_closed_gets_it_at_the_address_of_their_record(huddle, tess):
    closed = make.member("Hana", is_active=False)
    make.host(huddle, "Hana", member=closed, email="hana@hosts.example")
    make.host(huddle, "Ida", member=make.member("Ida", is_active=False), email="")
    make.host(huddle, "Unknown", email="")

    assert session_words.how_many(huddle, Group.HOSTS) == send(huddle, Group.HOSTS, tess) == 1

    assert [one.to for one in sent()] == [["hana@hosts.example"]]
    assert session_words.hosts_out_of_reach(huddle) == ["Ida", "Unknown"]


def test_a_host_who_is_listed_twice_gets_it_once(huddle, tess):
    hana = make.member("Hana")
    make.host(huddle, "Hana Okafor", email=hana.email.upper())
    make.host(huddle, "Hana", member=hana)
    make.host(huddle, "Gus", email="gus@hosts.example")

    assert send(huddle, Group.HOSTS, tess) == 2

    assert to() == ["Hana", "gus@hosts.example"]


def test_each_email_has_the_words_and_is_answered_to_the_team(huddle, tess):
    SiteSettings.objects.update_or_create(pk=1, defaults={"contact_email": "team@example.org"})
    send(huddle, Group.BOOKED, tess)

    first, second = sent()

    assert first.reply_to == ["team@example.org"]
    assert [len(one.to + one.cc + one.bcc) for one in (first, second)] == [1, 1]
    assert "This is about the session “The huddle”." in first.body
    assert "We draw.\n\nSee you there." in first.body
    assert letters.say_the_same_twice(first)


def test_pressed_twice_it_goes_once_and_says_the_same(huddle, tess):
    number = uuid4()
    assert send(huddle, Group.BOOKED, tess, number) == 2
    booking.book(make_room(huddle), make.registration(huddle.event, make.member("Fay")), by=BY, at=NOW)

    assert send(huddle, Group.BOOKED, tess, number) == 2
    assert to() == ["Ada", "Bo"]
    assert SessionWords.objects.count() == 1


def make_room(session: Session) -> Session:
    Workshop.objects.filter(session=session).update(capacity=9, line=0)
    Booking.objects.filter(session=session, status="waiting").update(status="passed")
    return session


@pytest.mark.parametrize(
    "other", [{"subject": "Bring two"}, {"words": "We sing."}, {"group": Group.WAITING}], ids=str
)
def test_another_message_under_the_number_of_one_that_was_sent_is_refused(huddle, tess, other):
    number = uuid4()
    send(huddle, Group.BOOKED, tess, number)

    with pytest.raises(AnotherWasSent, match="this one has not"):
        send(huddle, by=tess, submission=number, **{"group": Group.BOOKED} | other)

    assert to() == ["Ada", "Bo"]


def test_a_message_about_another_session_under_that_number_is_refused(huddle, tess):
    number = uuid4()
    send(huddle, Group.BOOKED, tess, number)

    with pytest.raises(AnotherWasSent):
        send(make.workshop(huddle.event, hour=14), Group.BOOKED, tess, number)


def test_who_gives_up_their_place_before_it_goes_out_does_not_get_it(huddle, tess):
    send(huddle, Group.BOOKED, tess)
    booking.cancel(Booking.objects.get(session=huddle, member__name="Ada"), by=BY, at=NOW)

    assert [one.to for one in sent()] == [[Member.objects.get(name="Bo").email]]


def test_of_a_cancelled_session_hosts_alone_get_what_is_written_then_and_read_that_it_is_cancelled(
    huddle, tess
):
    make.host(huddle, "Gus", email="gus@hosts.example")
    for group in (Group.BOOKED, Group.WAITING):
        send(huddle, group, tess)
    move(huddle, hours=0, at=NOW, status=Session.Status.CANCELLED)
    send(huddle, Group.HOSTS, tess)

    (email,) = sent()

    assert email.to == ["gus@hosts.example"]
    assert "It is cancelled, and does not take place." in email.body
    assert "Its time" not in email.body
    assert letters.say_the_same_twice(email)


def test_it_goes_out_though_who_wrote_it_is_erased_meanwhile(huddle, tess):
    send(huddle, Group.BOOKED, tess)

    erasure.erase(tess, by=BY, at=NOW)

    assert len(sent()) == 2


def test_another_message_of_the_same_words_goes_too(huddle, tess):
    send(huddle, Group.BOOKED, tess)
    send(huddle, Group.BOOKED, tess, at=NOW + timedelta(minutes=1))

    assert to() == ["Ada", "Ada", "Bo", "Bo"]


def test_who_cannot_be_reached_is_not_counted(huddle, tess):
    Member.objects.filter(name="Bo").update(is_active=False)

    assert session_words.how_many(huddle, Group.BOOKED) == send(huddle, Group.BOOKED, tess) == 1


def test_where_nobody_is_of_the_group_nothing_is_sent(huddle, tess):
    with pytest.raises(NobodyToWriteTo, match="There is nobody to write to now"):
        send(huddle, Group.HOSTS, tess)

    assert not SessionWords.objects.exists()


def test_it_is_bulk_mail_and_recorded_with_its_number(huddle, tess):
    send(huddle, Group.BOOKED, tess)

    assert set(Message.objects.filter(kind="session-words").values_list("bulk", flat=True)) == {True}
    entry = Entry.objects.get(act=Act.SESSION_WRITTEN_TO)
    assert (entry.thing_id, entry.actor_id, entry.facts) == (huddle.pk, tess.pk, {"number": 2})


def test_its_words_go_after_ninety_days_and_nothing_is_sent_without_them(huddle, tess):
    send(huddle, Group.BOOKED, tess)

    assert session_words.forget(at=NOW + timedelta(days=89)) == 0
    assert session_words.forget(at=NOW + timedelta(days=90)) == 1
    assert sent() == []


@pytest.mark.parametrize("number", [1, 30])
def test_any_number_is_written_to_with_as_many_queries(tess, number, django_assert_num_queries):
    session = make.workshop(make.event(), capacity=None)
    for one in make.crowd(session.event, number):
        booking.book(session, one, by=BY, at=NOW)
    Member.objects.update(is_vouched_for=True)

    with django_assert_num_queries(8):
        assert send(session, Group.BOOKED, tess) == number


def states():
    return set(Message.objects.filter(kind="session-words").values_list("state", flat=True))


@pytest.mark.parametrize("group", [Group.BOOKED, Group.HOSTS], ids=str)
def test_none_goes_out_once_its_event_is_called_off_and_all_do_once_it_is_brought_back(huddle, tess, group):
    make.host(huddle, "Hana", email="hana@example.org")
    send(huddle, group, tess)
    cancellation.cancel_event(huddle.event, by=BY, at=minutes(1))

    letters.deliver(minutes(2))
    before = states()
    cancellation.bring_back(huddle.event, by=BY, at=minutes(5))
    letters.deliver(minutes(6))

    assert (before, states()) == ({"superseded"}, {"sent"})


def test_hosts_get_none_once_their_session_is_cancelled_and_all_once_it_is_brought_back(huddle, tess):
    make.host(huddle, "Hana", email="hana@example.org")
    send(huddle, Group.HOSTS, tess)
    seen = cancelling.look(huddle, at=minutes(1)).fingerprint
    cancelling.cancel(huddle, "Ill", seen=seen, by=BY, at=minutes(1))

    letters.deliver(minutes(2))
    before = states()
    cancelling.bring_back(huddle, by=BY, at=minutes(5))
    letters.deliver(minutes(6))

    assert (before, states()) == ({"superseded"}, {"sent"})


def call_off(huddle, what, *, at):
    if what == "event":
        cancellation.cancel_event(huddle.event, by=BY, at=at)
    else:
        seen = cancelling.look(huddle, at=at).fingerprint
        cancelling.cancel(huddle, "Ill", seen=seen, by=BY, at=at)


def bring_back(huddle, what, *, at):
    if what == "event":
        cancellation.bring_back(huddle.event, by=BY, at=at)
    else:
        cancelling.bring_back(huddle, by=BY, at=at)
    huddle.refresh_from_db()


@pytest.mark.parametrize("what", ["event", "session"])
def test_what_was_written_before_it_was_called_off_is_held_back_whatever_the_clocks_said(huddle, tess, what):
    make.host(huddle, "Hana", email="hana@example.org")
    send(huddle, Group.HOSTS, tess, at=minutes(1))
    call_off(huddle, what, at=NOW)  # looked at its clock, and waited

    letters.deliver(minutes(2))

    assert states() == {"superseded"}


@pytest.mark.parametrize(
    ("what", "first", "then"), [("event", 0, 1), ("session", 0, 1), ("event", 1, 0), ("session", 1, 0)]
)
def test_what_is_written_after_it_was_called_off_goes_out_whatever_the_clocks_said(
    huddle, tess, what, first, then
):
    make.host(huddle, "Hana", email="hana@example.org")
    call_off(huddle, what, at=minutes(first))
    send(huddle, Group.HOSTS, tess, at=minutes(then))

    letters.deliver(minutes(2))

    assert states() == {"sent"}


@pytest.mark.parametrize("what", ["event", "session"])
def test_what_was_written_about_one_calling_off_is_held_back_by_the_next(huddle, tess, what):
    make.host(huddle, "Hana", email="hana@example.org")
    call_off(huddle, what, at=NOW)
    send(huddle, Group.HOSTS, tess, at=minutes(1))
    bring_back(huddle, what, at=minutes(2))
    call_off(huddle, what, at=minutes(3))

    letters.deliver(minutes(4))

    assert states() == {"superseded"}

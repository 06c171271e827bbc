"""Whoever is registered in a call is told of it all that the email of a registration tells."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from events.models import Registration, Session
from members import membership
from members.models import Member
from notifications.models import Message
from team.people import calls
from tests import letters, make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat
from tests.members.merging.bringing import bring_together
from tests.team.people.calling import book, mailed_to, minutes, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def both(email):
    """Return the two parts of an email, each in one line."""
    return [flat(str(email.body)), flat(email.alternatives[0][0])]


def test_they_are_told_the_days_when_booking_opens_and_how_to_cancel(sam):
    ada = make.member("Ada Byron")
    event = make.event(slug="2026", title="Gathering", booking_opens_at=NOW + timedelta(days=3))
    make.workshop(event)
    register(event, ada, sam)

    for part in both(letters.only(mailed_to(ada, minutes(11)))):
        assert "18 November" in part
        assert "Booking opens" in part
        assert reverse("events:cancel_registration", args=["2026"]) in part


def test_where_booking_is_open_it_says_so(sam):
    ada, event = make.member("Ada Byron"), make.event(title="Gathering")
    make.workshop(event)
    register(event, ada, sam)

    for part in both(letters.only(mailed_to(ada, minutes(11)))):
        assert "Booking is open, first come, first served." in part


def test_who_waits_for_a_place_is_told_which_in_the_line_and_where_to_leave_it(sam):
    event = make.event(slug="2026", title="Gathering", capacity=1)
    for name in ("Bo", "Cy"):
        register(event, make.member(name), sam)
    ada = make.member("Ada Byron")
    register(event, ada, sam)

    for part in both(letters.only(mailed_to(ada, minutes(11)))):
        assert "You are 2nd on the waiting list." in part
        assert "18 November" in part
        assert "/events/2026/" in part


def test_whose_membership_waits_is_told_what_follows(sam):
    ada, event = make.member("Ada Byron", membership="waiting"), make.event(slug="2026", audience="members")
    register(event, ada, sam)

    for part in both(letters.only(mailed_to(ada, minutes(40)))):
        assert "You do not need to do anything." in part
        assert "18 November" in part
        assert "/events/2026/" in part


def test_who_was_registered_before_is_not_told_it_again(sam):
    ada = make.registration(make.event(title="Gathering"), make.member("Ada Byron"))
    book(make.workshop(ada.event), ada, sam)

    assert "cancel your registration" not in str(letters.only(mailed_to(ada.member, minutes(11))).body)


def test_two_accounts_brought_together_in_the_call_have_one_letter_that_waits(sam):
    event = make.event(title="Gathering")
    kept, ended = make.member("Ada Kept"), make.member("Ada Ended")
    book(make.workshop(event, title="Falls"), make.registration(event, ended), sam)

    bring_together(kept, ended, by=sam, at=minutes(2))
    kept = Member.objects.get(pk=kept.pk)
    again = Registration.objects.get(event=event, member=kept)
    book(make.workshop(event, title="Sleep", hour=14), again, sam, minutes(3))
    waits = calls.waiting(kept)

    assert waits is not None
    assert waits.changes == 2
    assert Message.objects.filter(kind=calls.KIND).count() == 1
    calls.end(kept, by=sam, at=minutes(4))
    told = [one.subject for one in mailed_to(kept, minutes(40))]
    assert told.count("What we changed for you: Gathering") == 1


def test_ending_a_call_with_somebody_whom_no_email_reaches_says_so(sam):
    ada = make.registration(make.event(), make.member("Ada Byron"))
    book(make.workshop(ada.event), ada, sam)
    EmailAddress.objects.filter(user=ada.member).update(verified=False)

    answer = people.reader(sam).post(f"/team/people/{ada.member_id}/call/", follow=True)

    assert "on its way" not in answer.text
    assert "No email reaches them until they have confirmed" in answer.text


def test_who_is_declined_after_the_call_is_not_told_that_a_membership_is_awaited(sam):
    ada, event = make.member("Ada Byron", membership="waiting"), make.event(slug="2026", audience="members")
    register(event, ada, sam)
    membership.decline(ada, by=people.staff("Support"), at=minutes(3), reason="Not of the community.")

    mails = mailed_to(ada, minutes(40))
    said = [part for one in mails if one.subject.startswith("What we changed") for part in both(one)]

    assert said
    assert [part for part in said if "confirmed" in part or "do not need to do anything" in part] == []
    assert all("Your membership was not approved, so you are not registered for" in part for part in said)


def test_a_session_that_was_cancelled_while_the_letter_waited_is_said_to_be(sam):
    ada = make.registration(make.event(title="Gathering"), make.member("Ada Byron"))
    session = make.workshop(ada.event, title="Falls")
    book(session, ada, sam)
    Session.objects.filter(pk=session.pk).update(status="cancelled")

    for part in both(letters.only(mailed_to(ada.member, minutes(11)))):
        assert "Booked “Falls” for you. It was cancelled since." in part

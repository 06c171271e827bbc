"""Erasing somebody while others press: places go to who waits, nobody is erased twice, no deadlock."""

from functools import partial
from uuid import uuid4

import pytest

from comments.models import Comment
from comments.refusals import AccountClosed
from comments.writing import authoring
from events import access_needs, registration
from events.models import AccessNeeds, Registration
from members.models import Erasure, Member
from members.privacy import erasure
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.races.together import Act, holding, together, until_blocked
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]


def two_events():
    """Two events with two workshops of two places each."""
    return [
        (event, [make.workshop(event, capacity=2, hour=9 + n) for n in (0, 2)])
        for event in (
            make.event(capacity=3),
            make.event(
                capacity=3,
                first_day=make.NOW.date().replace(day=25),
                last_day=make.NOW.date().replace(day=26),
            ),
        )
    ]


def join_all(member, events):
    for event, sessions in events:
        coming = registration.register(event, member, by=BY, at=NOW)
        for session in sessions:
            if coming.is_confirmed:
                booking.book(session, coming, by=BY, at=NOW)


def test_three_are_erased_while_three_join_both_events_and_all_rules_hold():
    events = two_events()
    leaving = [make.member(f"Leaves {n}") for n in range(3)]
    for member in leaving:
        join_all(member, events)
    coming = [make.member(f"Comes {n}") for n in range(3)]

    together(
        *(partial(erasure.erase, member, by=BY, at=NOW) for member in leaving),
        *(partial(join_all, member, events) for member in coming),
    )

    assert all(erasure.is_erased(member) for member in leaving)
    assert not Booking.objects.live().filter(member__in=leaving).exists()


def test_who_is_erased_six_times_at_once_is_erased_once():
    ada = make.member("Ada")
    erasure.ask(ada, by=ada, at=NOW)

    done = together(*[partial(erasure.erase, ada, by=BY, at=NOW)] * 6)

    assert sorted(done) == [False] * 5 + [True]
    assert Erasure.objects.filter(member=ada, done_at=NOW).count() == 1


def while_erased(member, act):
    """Begin ``act`` while an erasure holds the account, and return what became of it afterwards."""
    closing = "UPDATE members_member SET is_active = FALSE, name = 'Erased account' WHERE id = %s"
    with holding(closing, member.pk):
        begun = Act(act)
        until_blocked()
    return begun.wait()


def test_who_is_erased_while_they_register_is_not_registered():
    event, ada = make.event(), make.member("Ada")

    answer = while_erased(ada, partial(registration.register, event, ada, by=ada, at=NOW, needs="A loop."))

    assert isinstance(answer, registration.NotEntitled)
    assert not Registration.objects.exists()


def test_access_needs_that_come_while_they_are_erased_are_not_kept():
    ada = make.member("Ada")
    coming = make.registration(make.event(), ada)
    keep = partial(access_needs.save, coming, by=ada, at=NOW, needs="A loop.", share_with_hosts=False)

    while_erased(ada, keep)

    assert not AccessNeeds.objects.exists()


def test_a_comment_that_comes_while_they_are_erased_is_not_left():
    post, ada = make.post(), make.member("Ada")
    sent = authoring.Sent(submission=uuid4())

    answer = while_erased(ada, partial(authoring.leave, post, "I am Ada.", by=ada, at=NOW, sent=sent))

    assert isinstance(answer, AccountClosed)
    assert not Comment.objects.exists()


def test_a_profile_that_comes_while_they_are_erased_puts_no_name_back():
    ada = make.member("Ada")
    client = people.reader(ada)
    page = client.get("/members/profile/")
    form = {name: value or "" for name, value in page.context["form"].initial.items()}

    answer = while_erased(
        ada, partial(client.post, "/members/profile/", form | {"name": "Ada Again", "seen": ""})
    )

    assert answer.status_code == 404
    assert Member.objects.get(pk=ada.pk).name == "Erased account"


def test_of_the_last_two_who_may_do_everything_one_stays():
    both = [make.member(is_superuser=True) for _ in range(2)]

    def erased(member):
        try:
            return erasure.erase(member, by=BY, at=NOW)
        except erasure.ErasureRefused:
            return False

    done = together(*(partial(erased, one) for one in both))

    assert sorted(done) == [False, True]
    assert Member.objects.filter(is_superuser=True, is_active=True).count() == 1

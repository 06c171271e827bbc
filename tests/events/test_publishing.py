"""An event that people count on does not become a draft, and none opens by an oversight."""

from datetime import timedelta

import pytest

from events import publishing, registration
from events.models import Event, Registration
from events.programme.cache_version import raise_version
from tests import make
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
Status = Registration.Status


def hide(event):
    event.status = Event.Status.DRAFT
    publishing.save_event(event, by=BY, at=NOW)


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.RECEIVED, Status.WAITING])
def test_an_event_that_somebody_counts_on_does_not_become_a_draft(status):
    event = make.event()
    made = make.registration(event, make.member("Ada"))
    Registration.objects.filter(pk=made.pk).update(status=status, ticket=7)

    with pytest.raises(publishing.EventHasRegistrations) as refusal:
        hide(event)

    assert refusal.value.people == 1
    assert Event.objects.get().is_published


def test_nor_does_one_that_was_cancelled_and_whose_people_were_told():
    event = make.event(status=Event.Status.CANCELLED)
    make.registration(event, make.member("Ada"))

    with pytest.raises(publishing.EventHasRegistrations):
        hide(event)

    assert Event.objects.get().status == Event.Status.CANCELLED


def test_an_event_that_nobody_counts_on_any_more_can_be_hidden():
    event = make.event()
    ada = registration.register(event, make.member("Ada"), by=BY, at=NOW)
    make.registration(make.event(), make.member("Bo"))
    registration.cancel(ada, by=BY, at=NOW)

    hide(event)

    assert Event.objects.get(pk=event.pk).status == Event.Status.DRAFT


def test_a_version_that_was_raised_meanwhile_is_never_given_twice():
    opened = make.event()
    session = make.session(Event.objects.get(pk=opened.pk))
    seen = [opened.version, Event.objects.get().version]

    publishing.save_event(opened, by=BY, at=NOW)  # by the form that was opened before
    seen.append(Event.objects.get().version)
    raise_version(session.event_id)
    seen.append(Event.objects.get().version)

    assert seen == sorted(set(seen))


def test_saving_anything_else_is_not_refused_and_raises_the_version():
    event = make.event()
    make.registration(event, make.member("Ada"))
    event.title = "Another title"

    publishing.save_event(event, by=BY, at=NOW)

    after = Event.objects.get()
    assert (after.title, after.version) == ("Another title", event.version + 1)


def test_the_refusal_says_how_many_and_what_to_do():
    said = [str(publishing.EventHasRegistrations(people)) for people in (1, 4)]

    rest = "so the event cannot be a draft. Cancel it instead: that tells them."
    assert said == [f"1 person is registered or waits, {rest}", f"4 people are registered or wait, {rest}"]


def refusal_of(event, **changes):
    """Save the event with these changes; return what would have opened at once."""
    for name, value in changes.items():
        setattr(event, name, value)
    try:
        publishing.save_event(event, by=BY, at=NOW)
    except publishing.OpensAtOnce as refusal:
        return refusal.what
    return None


LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("moments", "opening"),
    [
        ({}, ["registration", "booking"]),
        ({"registration_opens_at": LATER}, ["booking"]),
        ({"booking_opens_at": LATER}, ["registration"]),
        ({"registration_opens_at": LATER, "booking_opens_at": LATER}, None),
        ({"registration_opens_at": EARLIER, "booking_opens_at": EARLIER}, None),
    ],
)
def test_what_a_blank_moment_would_open_is_refused_and_written_moments_are_not(moments, opening):
    event = make.event(status=Event.Status.DRAFT, **moments)

    found = refusal_of(event, status=Event.Status.PUBLISHED)

    expected = Event.Status.PUBLISHED if opening is None else Event.Status.DRAFT
    assert (found, Event.objects.get().status) == (opening, expected)


def test_taking_a_moment_to_come_away_is_asked_about_as_well():
    event = make.event(registration_opens_at=LATER, booking_opens_at=LATER)

    found = [refusal_of(event, booking_opens_at=None), refusal_of(event, title="Once more")]

    assert found == [["booking"], ["booking"]]
    assert Event.objects.get().booking_opens_at == LATER


def test_what_was_said_to_be_meant_opens():
    event = make.event(status=Event.Status.DRAFT)
    event.status = Event.Status.PUBLISHED

    publishing.save_event(event, by=BY, at=NOW, may_open_at_once=True)

    assert Event.objects.get().is_published


def test_an_event_that_is_over_opens_nothing():
    event = make.event(status=Event.Status.DRAFT)

    assert (
        refusal_of(event, status=Event.Status.PUBLISHED, first_day=EARLIER.date(), last_day=EARLIER.date())
        is None
    )

"""Drafts are published many at once, and nobody is emailed."""

import pytest

from audit.acts import Act
from audit.models import Entry
from events.models import Session
from notifications.models import Message
from tests import make
from tests.make import BY, NOW
from workshops.programme import drafts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def test_those_that_are_chosen_are_published_with_their_places_open():
    event = make.event()
    chosen = make.workshop(event, status="draft")
    hosted = make.session(event, status="draft")
    make.host(hosted, email="hana@hosts.example")
    left = make.session(event, status="draft")
    chosen.workshop.is_open = False
    chosen.workshop.save()

    assert drafts.publish(event, {chosen.pk, hosted.pk}, by=BY, at=NOW) == 2

    published = Session.objects.filter(status="published")
    assert {one.pk for one in published} == {chosen.pk, hosted.pk}
    assert Session.objects.get(pk=left.pk).status == "draft"
    assert Session.objects.get(pk=chosen.pk).workshop.is_open
    assert not Message.objects.exists()


def test_what_is_cancelled_or_of_another_event_is_not_published():
    event = make.event()
    cancelled, other = make.session(event, status="cancelled"), make.session(make.event(), status="draft")

    assert drafts.publish(event, {cancelled.pk, other.pk}, by=BY, at=NOW) == 0

    assert {one.status for one in Session.objects.all()} == {"cancelled", "draft"}


def test_each_is_recorded_as_published():
    event = make.event()
    sessions = [make.session(event, status="draft") for _ in range(2)]

    drafts.publish(event, {one.pk for one in sessions}, by=BY, at=NOW)

    told = Entry.objects.filter(act=Act.SESSION_PUBLISHED).values_list("thing_id", flat=True)
    assert set(told) == {one.pk for one in sessions}


def test_the_programme_shows_them_at_once():
    event = make.event()
    session = make.session(event, status="draft")
    before = type(event).objects.get(pk=event.pk).version

    drafts.publish(event, {session.pk}, by=BY, at=NOW)

    assert type(event).objects.get(pk=event.pk).version > before

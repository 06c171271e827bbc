"""Every list of the admin that is searched finds names and titles as people type them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse

from events.models import Contributor
from members.models import ListedAddress
from notifications.models import Message
from tests import make
from tests.make import BY
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
NOW = make.NOW
NAME = "Siân Fôn-Jones O’Malley"


def _session() -> Model:
    session = make.session(make.event())
    make.host(session, NAME)
    return session


def _booking() -> Model:
    event = make.event()
    registration = make.registration(event, make.member(NAME))
    booking.book(make.workshop(event), registration, by=BY, at=NOW)
    return Booking.objects.get()


def _decision() -> Model:
    comment = make.comment(make.post(), guest_name=NAME)
    return comment.decisions.create(kind="keep", by=make.member("Mo"), at=NOW)


def _report() -> Model:
    return make.comment(make.post()).reports.create(reason="spam", created_at=NOW, member=make.member(NAME))


def _message() -> Model:
    later = NOW + timedelta(days=1)
    return Message.objects.create(
        kind="agenda", member=make.member(NAME), key="one", created_at=NOW, send_after=later
    )


MADE: dict[str, Callable[[], Model]] = {
    "auth.group": lambda: Group.objects.create(name=NAME),
    "blog.post": lambda: make.post(NAME),
    "comments.comment": lambda: make.comment(make.post(), guest_name=NAME),
    "comments.decision": _decision,
    "comments.report": _report,
    "events.contributor": lambda: Contributor.objects.create(name=NAME),
    "events.event": lambda: make.event(title=NAME),
    "events.registration": lambda: make.registration(make.event(), make.member(NAME)),
    "events.session": _session,
    "events.theme": lambda: make.theme(make.event(), NAME),
    "members.listedaddress": lambda: ListedAddress.objects.create(email="one@example.org", name=NAME),
    "members.member": lambda: make.member(NAME),
    "notifications.message": _message,
    "workshops.booking": _booking,
}


def test_every_list_that_is_searched_is_tried_here(admin_user: Any) -> None:
    request = RequestFactory().get("/")
    request.user = admin_user

    searched = {
        model._meta.label_lower
        for model, one in admin.site._registry.items()
        if one.get_search_fields(request)
    }

    assert searched == set(MADE)


@pytest.mark.slow
@pytest.mark.parametrize("label", MADE)
def test_a_list_finds_it_whatever_its_accents_apostrophes_hyphens_and_order(
    admin: Client, label: str
) -> None:
    one = MADE[label]()
    path = reverse("admin:{}_{}_changelist".format(*label.split(".")))

    found = {
        typed: f"{path}{one.pk}/change/" in admin.get(path, {"q": typed}).text
        for typed in ("sian", "Fon-Jones", "fonjones", "O'Malley", "omalley sian", "Sian Omaley")
    }

    assert found == dict.fromkeys(found, True) | {"Sian Omaley": False}


@pytest.mark.slow
def test_comments_are_found_by_their_words_as_people_type_them(admin: Client) -> None:
    comment = make.comment(make.post(), body="Co-production of re-ablement at Ynys Môn’s café.")
    path = reverse("admin:comments_comment_changelist")

    found = {
        typed: f"{path}{comment.pk}/change/" in admin.get(path, {"q": typed}).text
        for typed in ("coproduction", "reablement cafe", "Ynys Mons", "ward")
    }

    assert found == dict.fromkeys(found, True) | {"ward": False}

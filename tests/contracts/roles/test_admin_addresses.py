"""An address of the admin asks for what the page offers; anything else is refused, never an error."""

import pytest
from django.test import Client

from notifications.models import Message
from tests import letters, make
from tests.contracts import people

pytestmark = pytest.mark.django_db


@pytest.mark.slow
@pytest.mark.parametrize(
    "lookup", ["secret__code__startswith", "secret__code", "secret__icontains", "email__startswith", "key"]
)
def test_a_code_cannot_be_asked_for_figure_by_figure(lookup):
    root, support = people.admin(), people.reader(people.staff("Support"))
    Client().post("/accounts/login/code/", {"email": root.email})
    code = letters.code_in(Message.objects.get(kind="login-code"))

    answers = [support.get("/admin/notifications/message/", {lookup: text}) for text in (code, "x")]

    assert [answer.status_code for answer in answers] == [400, 400]


@pytest.mark.slow
def test_what_a_list_offers_still_filters_it():
    event = make.event()
    session = make.session(event)
    client = people.reader(people.admin())

    found = [
        client.get(f"/admin/{path}").context["cl"].result_count
        for path in (
            f"events/session/?event__id__exact={event.pk}",
            "events/session/?status__exact=draft",
            f"workshops/booking/?session__event__id__exact={event.pk}",
            "members/member/?is_staff__exact=1&standing=active",
            "notifications/message/?kind=login-code&state__exact=queued",
            "notifications/message/?send_after__gte=2026-11-02+00%3A00%3A00%2B00%3A00",
        )
    ]

    assert (found, session.status) == ([1, 0, 0, 1, 0, 0], "published")


LONG = "9" * 5000


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("events/session/²/change/", 302),
        ("events/event/²/change/", 302),
        (f"events/session/{LONG}/change/", 302),
        ("events/event/99999999999999999999/change/", 302),
        ("events/event/a%00/change/", 400),
        ("events/session/?q=%00", 400),
        ("events/session/?room__regex=(", 400),
        ("events/session/?status__regex=(", 400),
        ("auth/group/?name__regex=(", 400),
        ("events/session/?event__id__exact=x", 200),
        ("events/session/?p=99999999999999999999", 200),
        ("events/session/?p=-1", 200),
        ("events/session/add/?starts_at=soon", 200),
        (f"events/session/add/?event={LONG}", 200),
        ("events/session/add/?themes=x&event=99999999999999999999", 200),
        ("autocomplete/?app_label=events&model_name=session&field_name=event&term=%00", 400),
        ("autocomplete/?app_label=x&model_name=session&field_name=event", 403),
        ("notifications/message/99999999999999999999/preview/", 404),
        ("members/member/99999999999999999999/address/", 404),
        ("members/listedaddress/import/99999999999999999999/", 404),
        ("events/session/import/99999999999999999999/", 404),
        ("r/1/²/", 404),
    ],
)
def test_no_address_of_the_admin_is_an_error(path, expected):
    client = people.reader(people.admin())

    answer = client.get(f"/admin/{path}")

    assert answer.status_code == expected


@pytest.mark.slow
def test_a_form_of_the_admin_with_ids_that_are_none_is_a_message():
    client = people.reader(people.admin())

    answers = [
        client.post("/admin/events/session/add/", {"event": value, "title": "A"})
        for value in ("²", "-1", "x", "99999999999999999999")
    ]

    assert [(answer.status_code, b"errornote" in answer.content) for answer in answers] == [(200, True)] * 4

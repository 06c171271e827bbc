"""Browsers keep no page of whoever is logged in; what everybody may see is left alone."""

import pytest

from tests import make
from tests.contracts import people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/", "/events/2026/", "/events/2026/programme/", "/events/2026/agenda/", "/members/profile/"]
)
def test_no_page_with_a_name_on_it_is_kept(path):
    registration = make.registration(make.event(slug="2026"), make.member("Ada"))
    client = people.reader(registration.member)

    answer = client.get(path)

    assert "Ada" in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]


def test_a_page_of_a_visitor_may_be_kept_but_never_for_somebody_with_another_cookie():
    make.event(slug="2026")

    answer = people.reader().get("/events/2026/")

    assert "Cache-Control" not in answer.headers
    assert "Cookie" in answer.headers["Vary"]

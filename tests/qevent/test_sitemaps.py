"""The sitemap: what is public, and nothing else."""

import re
from datetime import timedelta

import pytest

from members.models import Page
from recordings.models import TakeAway
from tests import make
from tests.contracts import people
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def test_it_names_what_is_public_and_nothing_else():
    event, secret = make.event(slug="2026"), make.event(slug="2027", status="draft")
    flow = make.session(event, slug="flow")
    words = {"problem": "A", "done": "B", "monday": "C", "written_at": NOW, "decided_at": NOW}
    for state in ("published", "left"):
        TakeAway.objects.create(session=flow, state=state, **words)
    make.theme(event, slug="equity")
    make.theme(secret, slug="secret")
    make.session(event, slug="hidden", status="draft")
    make.session(secret, slug="secret")
    make.post(slug="rotas")
    make.post(slug="soon", published_at=NOW + timedelta(seconds=1))
    make.post(slug="gone", status="withdrawn")
    Page.objects.filter(slug="about").update(is_shown=True)
    Page.objects.create(slug="later", title="Later", body="Later")

    text = people.reader().get("/sitemap.xml").text

    found = {one for one in re.findall(r"<loc>http://testserver([^<]+)</loc>", text) if "policies" not in one}
    of_event = {
        f"/events/2026/{rest}"
        for rest in ("", "sessions/flow/", "sessions/flow/take-away/", "themes/equity/")
    }
    assert found == {"/blog/rotas/", "/pages/about/", *of_event}
    assert text.count("/policies/") == 4


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_the_same_however_much_there_is(number, django_assert_num_queries):
    Page.objects.update(is_shown=True)
    for _ in range(number):
        make.theme(make.event())
        words = {"problem": "A", "done": "B", "monday": "C", "written_at": NOW, "decided_at": NOW}
        TakeAway.objects.create(session=make.session(make.event()), state="published", **words)
        make.post()

    with django_assert_num_queries(14):  # each kind: how many there are, and they
        people.reader().get("/sitemap.xml")

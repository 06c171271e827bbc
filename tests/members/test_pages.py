"""The team's own pages, such as *About*: begun by the installation, shown when the team shows them."""

import pytest

from members.models import Page
from tests import make
from tests.contracts import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def about() -> Page:
    """The page that an installation begins with, to be filled in."""
    return Page.objects.get(slug="about")


@pytest.mark.slow
def test_about_waits_for_the_teams_words(about):
    editor = people.staff("Blog editor")

    assert "About</a>" not in people.reader().get("/").text
    assert people.reader().get("/pages/about/").status_code == 404
    assert people.reader(make.member()).get("/pages/about/").status_code == 404
    assert "Not shown yet" in people.reader(editor).get("/pages/about/").text


def test_what_is_shown_is_named_at_the_foot_of_every_page_in_the_teams_order(about):
    Page.objects.update(is_shown=True, position=2)
    Page.objects.create(title="Prices", slug="prices", body="*Nothing*", is_shown=True, position=1)

    foot = people.reader().get("/blog/").text.partition("<footer")[2]

    assert foot.index('<a href="/pages/prices/">Prices</a>') < foot.index('<a href="/pages/about/">About</a>')
    assert "<p><em>Nothing</em></p>" in people.reader().get("/pages/prices/").text


def test_an_editor_of_the_blog_makes_a_page_in_the_admin():
    typed = {"title": "Join us", "slug": "join-us", "summary": "", "body": "Come.", "position": "0"}

    people.reader(people.staff("Blog editor")).post("/admin/members/page/add/", typed | {"is_shown": "on"})

    assert Page.objects.filter(slug="join-us", is_shown=True).exists()
    assert people.reader().get("/pages/join-us/").status_code == 200

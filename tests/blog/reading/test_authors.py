"""The page of an author, and the ways between posts, sessions, themes, events and those who write."""

from datetime import timedelta

import pytest

from blog import body
from blog.models import Author
from blog.reading import authors
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def shown(path):
    answer = people.reader().get(path)
    assert answer.status_code == 200
    return flat(answer.text)


def titles(path):
    return [post.title for post in people.reader().get(path).context["page"]]


def test_the_page_of_a_member_has_their_public_posts_the_newest_first_and_the_sessions_they_host():
    ada = make.member("Ada", role="Nurse", organisation="Ward 7", email="ada@private.example", region="wales")
    make.post("Old", authors=[ada], published_at=NOW - timedelta(days=9))
    make.post("New", authors=[make.member("Bo"), ada])
    make.post("Draft", authors=[ada], status="draft", published_at=None)
    make.post("Soon", authors=[ada], published_at=NOW + timedelta(seconds=1))
    make.post("Another's", authors=[make.member("Ada")])
    event, secret = make.event(slug="2026"), make.event(status="draft")
    for one, title in ((event, "Flow"), (secret, "Hidden")):
        make.host(make.session(one, title=title, slug="flow"), member=ada)

    page = shown(f"/blog/authors/{ada.pk}/")

    assert titles(f"/blog/authors/{ada.pk}/") == ["New", "Old"]
    assert "Nurse, Ward 7" in page
    assert '<a href="/events/2026/sessions/flow/">Flow</a>' in flat(page)
    assert not [word for word in ("Hidden", "Draft", "Soon", "private.example", "Wales") if word in page]


def test_a_name_without_an_account_has_a_page_by_its_words():
    flo = make.post("Lamps")
    Author.objects.create(post=flo, name="Flórence d’Arcy", role="Ward 7")
    Author.objects.create(post=make.post("Not mine"), name="Florence Darcy")

    assert titles("/blog/authors/flórence-darcy/") == ["Lamps"]
    assert "Ward 7" in shown("/blog/authors/flórence-darcy/")


@pytest.mark.parametrize("path", ["/blog/authors/{0}/", "/blog/authors/nobody/", "/blog/authors/999999/"])
def test_who_has_published_nothing_is_not_found_so_no_number_says_who_has_an_account(path):
    ada = make.member("Ada")
    make.post("Draft", authors=[ada], status="draft", published_at=None)

    assert people.reader().get(path.format(ada.pk)).status_code == 404


@pytest.mark.slow
def test_a_post_leads_to_its_authors_session_themes_and_event_and_each_leads_back():
    ada, event = make.member("Ada"), make.event(slug="2026")
    session = make.session(event, slug="flow", title="Flow")
    theme = make.theme(event, "Equity", slug="equity")
    make.host(session, "Ada", member=ada)
    post = make.post("Rotas", slug="rotas", event=event, session=session, authors=[ada])
    post.themes.add(theme)
    places = [f"/blog/authors/{ada.pk}/", "/events/2026/sessions/flow/", "/events/2026/themes/equity/"]

    there = shown("/blog/rotas/")
    back = [shown(place) for place in (*places, "/events/2026/")]

    assert [f'href="{place}"' in there for place in (*places, "/events/2026/")] == [True] * 4
    assert ['href="/blog/rotas/"' in page for page in back] == [True] * 4
    assert f'<a href="/blog/authors/{ada.pk}/">Ada</a>' in flat(back[1])


@pytest.mark.parametrize("number", [1, 5])
def test_posts_about_a_thing_take_one_query_however_many(number, django_assert_num_queries):
    event = make.event()
    session = make.session(event)
    for _ in range(number):
        make.post(event=event, session=session)

    for thing in (event, session):
        with django_assert_num_queries(1):
            assert len(authors.posts_about(thing, NOW)) == number


def test_who_hosts_and_has_written_nothing_has_no_page_to_lead_to():
    session = make.session(make.event(slug="2026"), slug="flow")
    make.host(session, "Ada", member=make.member("Ada"))

    assert "/blog/authors/" not in shown("/events/2026/sessions/flow/")


def test_a_theme_leads_to_registering():
    make.theme(make.event(slug="2026"), slug="equity")

    assert "Register for the event" in shown("/events/2026/themes/equity/")


def test_all_themes_of_the_event_can_stand_in_a_post():
    event = make.event(slug="2026", title="Q 2026")
    for title in ("Equity", "Flow"):
        make.theme(event, title, slug=title.lower(), summary=f"About {title}.")
    make.post(slug="rotas", event=event, body=body.clean("<p>Look:</p><p>[[themes]]</p>"))

    page = shown("/blog/rotas/")

    assert '/events/2026/themes/flow/">Flow</a> <span class="soft">About Flow.</span>' in flat(page)
    assert page.index("Equity") < page.index("About Flow.")

"""The list of posts and the page of one, for everybody."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Author, Post
from tests import make
from tests.contracts import people
from tests.found import found
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
DAY = timedelta(days=1)


def titles(client, address="/blog/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return [post.title for post in answer.context["page"]]


def test_the_newest_post_comes_first_and_what_is_not_public_does_not_come():
    client = people.reader()
    make.post("Old", published_at=NOW - DAY)
    make.post("New")
    make.post("Now", published_at=NOW)
    make.post("Soon", published_at=NOW + timedelta(seconds=1))
    for status in ("draft", "review", "withdrawn"):
        make.post(status, status=status)

    assert titles(client) == ["Now", "New", "Old"]


@pytest.mark.slow
def test_the_list_is_filtered_by_theme_year_and_type():
    client = people.reader()
    theme = make.theme(make.event(), "Equity", slug="equity")
    make.post("Equity").themes.add(theme)
    make.post("Last year", published_at=NOW - 366 * DAY, kind="news")

    assert titles(client, "/blog/?theme=equity") == ["Equity"]
    assert titles(client, "/blog/?year=2025") == ["Last year"]
    assert titles(client, "/blog/?type=news") == ["Last year"]
    assert titles(client, "/blog/?type=news&theme=equity") == []


@pytest.mark.parametrize(
    "query",
    ["theme=nothing", "year=9e9", "year=-1", "type=%00x", "page=nothing", "page=99999999999999999999"],
)
def test_an_address_that_asks_for_what_is_not_there_shows_everything(query):
    make.post("One")
    answer = people.reader().get(f"/blog/?{query}")

    assert answer.status_code == (400 if "%00" in query else 200)
    assert answer.status_code == 400 or len(answer.context["entries"]) == 1


def test_a_long_list_has_pages_and_its_titles_differ():
    for number in range(21):
        make.post(f"Post {number}", published_at=NOW - number * DAY)
    client = people.reader()

    assert titles(client, "/blog/?page=2") == ["Post 20"]
    assert "<title>Blog, page 2 - " in flat(client.get("/blog/?page=2").text)


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_costs_the_same_however_long(number, django_assert_num_queries):
    theme = make.theme(make.event())
    for n in range(number):
        one = make.post(authors=[make.member()], published_at=NOW - n * DAY)
        one.themes.add(theme)
        make.comment(one)

    with django_assert_num_queries(5):  # themes, years, count, posts, settings
        people.reader().get("/blog/")


def test_an_empty_blog_says_what_will_be_there():
    assert "Nothing has been published yet" in people.reader().get("/blog/").text


def test_a_post_says_who_wrote_it_when_and_how_many_answered():
    ada = make.member("Ada", role="Nurse", organisation="Riverside Hospital")
    post = make.post(slug="rotas", authors=[ada], kind="reflection")
    make.comment(post)
    make.comment(post, status="pending")

    page = people.reader().get("/blog/rotas/").text

    for words in ("Reflection", "Ada", "Nurse, Riverside Hospital", "2 November 2026", "1 minute to read"):
        assert words in page
    assert 'Read comments <span itemprop="commentCount">1</span>' in flat(page)
    assert ada.email not in page


def test_search_engines_and_other_sites_are_told_what_it_is(site_address):
    make.post(slug="rotas")

    page = people.reader().get("/blog/rotas/").text

    assert '<meta property="og:title" content="Rota as kindness">' in flat(page)
    assert '<link rel="canonical" href="https://events.example.org/blog/rotas/">' in flat(page)
    assert 'itemtype="https://schema.org/BlogPosting"' in page
    assert 'itemprop="datePublished"' in page


@pytest.mark.parametrize(
    ("role", "organisation", "hers", "says"),
    [
        ("", "", "", ""),
        ("", "", "Patient & partner", ", Patient &amp; partner"),
        ("Nurse", "", "", ", Nurse"),
        ("Nurse", "Riverside", "Editor", ", Editor"),
        ("", "Riverside", "", ", Riverside"),
    ],
)
def test_what_an_author_does_is_said_beside_their_name(role, organisation, hers, says):
    post = make.post(slug="rotas")
    if role or organisation:
        Author.objects.create(
            post=post, member=make.member("Ada", role=role, organisation=organisation), role=hers
        )
    else:
        Author.objects.create(post=post, name="Ada", role=hers)

    page = flat(flat(people.reader().get("/blog/rotas/").text))

    after = r'<bdi itemprop="name">Ada</bdi></a>(?:(, )<span class="soft">(.*?)</span>)?</span>'
    groups = found(re.search(after, page)).groups()
    assert "".join(part or "" for part in groups) == says


@pytest.mark.parametrize(
    ("fields", "comments", "says"),
    [
        ({}, 0, "Be the first to comment"),
        ({"comment_policy": "closed"}, 0, ""),
        ({"comments_close_at": NOW}, 0, ""),
        ({"comment_policy": "closed"}, 3, 'Read comments <span itemprop="commentCount">3</span>'),
    ],
)
def test_the_way_to_the_comments_says_what_is_there(fields, comments, says):
    post = make.post(slug="rotas", **fields)
    for _ in range(comments):
        make.comment(post)

    found = re.findall(r'<a href="#comments">(.*?)</a>', flat(people.reader().get("/blog/rotas/").text))

    assert found == ([says] if says else [])


@pytest.mark.slow
@pytest.mark.parametrize("fields", [{"status": "draft"}, {"status": "review"}, {"published_at": NOW + DAY}])
def test_what_is_not_public_is_for_editors_only(fields):
    make.post(slug="rotas", **fields)

    codes = [
        people.reader(who).get("/blog/rotas/").status_code
        for who in (None, make.member(), people.staff("Moderator"), people.staff("Blog editor"))
    ]

    assert codes == [404, 404, 404, 200]


def test_what_a_member_has_not_sent_yet_is_no_editors_to_read():
    ada = make.member("Ada")
    post = make.post(slug="rotas", status="draft", proposed_by=ada)
    editor = people.reader(people.staff("Blog editor"))

    unsent = editor.get("/blog/rotas/").status_code
    type(post).objects.update(status="review")

    assert (unsent, editor.get("/blog/rotas/").status_code) == (404, 200)


def test_a_scheduled_post_is_there_at_its_second_without_any_worker(time_machine):
    make.post(slug="rotas", published_at=NOW + DAY)
    client = people.reader()
    time_machine.move_to(NOW + DAY - timedelta(seconds=1), tick=False)
    before = client.get("/blog/rotas/").status_code
    time_machine.move_to(NOW + DAY, tick=False)

    assert (before, client.get("/blog/rotas/").status_code) == (404, 200)


def test_a_withdrawn_post_is_gone_with_a_sentence():
    make.post(slug="rotas", status="withdrawn", withdrawn_reason="Its figures were wrong.")

    answer = people.reader().get("/blog/rotas/")

    assert answer.status_code == 410
    assert "Its figures were wrong." in flat(answer.text)


def test_posts_that_are_alike_are_offered():
    event, ada = make.event(), make.member("Ada")
    theme = make.theme(event)
    post = make.post(slug="rotas", event=event, authors=[ada])
    post.themes.add(theme)
    make.post("Of the event", event=event)
    make.post("By Ada", authors=[ada])
    make.post("Of the theme").themes.add(theme)
    make.post("Another")
    make.post("Secret", event=event, status="draft")

    related = people.reader().get("/blog/rotas/").context["related"]

    assert {one.title for one in related} == {"Of the event", "By Ada", "Of the theme"}


def test_a_draft_event_does_not_show_on_a_post():
    event = make.event(title="Secret event", status="draft")
    session = make.session(event, title="Secret session")
    make.post(slug="rotas", event=event, session=session).themes.add(make.theme(event, "Secret theme"))

    assert "Secret" not in people.reader().get("/blog/rotas/").text
    assert "Secret" not in people.reader().get("/blog/").text


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 30])
def test_a_visitor_reads_a_post_and_its_conversation_in_six_queries(number, django_assert_num_queries):
    event = make.event()
    post = make.post(slug="rotas", event=event, authors=[make.member() for _ in range(number)])
    for _ in range(number):
        post.themes.add(make.theme(event))
        make.post(event=event)
        make.comment(post, thread=make.comment(post))

    with django_assert_num_queries(6):
        people.reader().get("/blog/rotas/")


def test_a_call_to_action_adds_one_query(django_assert_num_queries):
    post = make.post(slug="rotas", event=make.event(), body="<p>[[call to action]]</p>")
    make.comment(post)

    with django_assert_num_queries(6 + 1):  # the settings
        page = people.reader().get("/blog/rotas/").text
    assert "Register for the event" in page


def test_the_front_page_shows_the_latest_posts():
    for number in range(4):
        make.post(f"Post {number}", published_at=timezone.now() - number * DAY)

    page = people.reader().get("/").text

    assert [f"Post {number}" in page for number in range(4)] == [True, True, True, False]


def test_the_way_to_edit_is_shown_to_editors_only():
    Post.objects.all().delete()
    make.post(slug="rotas")

    assert "Edit this post" not in people.reader(make.member()).get("/blog/rotas/").text

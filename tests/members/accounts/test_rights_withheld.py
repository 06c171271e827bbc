"""Without the second step in this session, whoever is of the team is a member like any other on all pages."""

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from blog.models import Post
from comments.models import Comment
from common.http import page_before
from events import joining_details
from members.models import Member, Page
from tests import make, second_step
from tests.comments.pages import leave
from tests.contracts import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

GIVE = "/accounts/second-step/give/"
SECRET = "https://join.example/S3CRET"


@pytest.fixture
def tess() -> Member:
    tess = people.staff("Event admin", "Blog editor", "Moderator")
    second_step.app_of(tess)
    return tess


@pytest.fixture
def client(tess: Member) -> Client:
    return second_step.logged_in_by("password", tess)


def give(client: Client, url: str) -> str:
    """Give the second step as asked; return where it leads."""
    assert url.startswith(GIVE)
    answer = client.post(url, {"code": second_step.code(make.NOW)})
    return answer["Location"]


def a_draft_event() -> str:
    return make.event(slug="2027", status="draft").get_absolute_url()


def a_draft_programme() -> str:
    return f"{make.event(slug='2027', status='draft').get_absolute_url()}programme/"


def a_draft_session() -> str:
    return make.workshop(make.event(slug="2027"), status="draft").get_absolute_url()


def a_draft_post() -> str:
    return make.post("Rotas", slug="rotas", status="draft", published_at=None).get_absolute_url()


def a_hidden_page() -> str:
    return Page.objects.create(slug="team", title="Team", body="Words.", is_shown=False).get_absolute_url()


@pytest.mark.parametrize(
    "draft", [a_draft_event, a_draft_programme, a_draft_session, a_draft_post, a_hidden_page]
)
def test_what_only_the_team_sees_comes_after_the_second_step(client, draft):
    path = f"{draft()}?x=1"

    asked = client.get(path)
    back = give(client, asked["Location"])

    assert asked["Location"] == f"{GIVE}?next={path.replace('?', '%3F').replace('=', '%3D')}"
    assert back == path
    assert client.get(back).status_code == 200


@pytest.mark.parametrize(
    "draft", [a_draft_event, a_draft_programme, a_draft_session, a_draft_post, a_hidden_page]
)
def test_who_would_not_see_it_then_either_finds_nothing(draft):
    path = draft()
    support = second_step.logged_in_by("password", people.staff())

    statuses = [one.get(path).status_code for one in (support, people.reader(make.member("Ada")), Client())]

    assert statuses == [404, 404, 404]


def test_what_a_member_has_not_sent_is_nobody_else_s(client):
    ada = make.member("Ada")
    post = make.post("Mine", status="draft", published_at=None, proposed_by=ada, authors=[ada])

    assert client.get(post.get_absolute_url()).status_code == 404


def test_an_act_on_a_draft_event_leads_back_to_the_page_it_came_from(client):
    session = make.workshop(make.event(slug="2027", status="draft"))

    asked = client.post(
        f"/events/2027/agenda/{session.slug}/book/",
        headers={"Referer": f"http://testserver{session.get_absolute_url()}"},
    )

    assert asked["Location"] == f"{GIVE}?next={session.get_absolute_url()}"


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/events/2027/?theme=2&q=falls#list", "/events/2027/?theme=2&q=falls"),
        ("http://testserver/events/2027/?q=//evil.example/", "/events/2027/?q=//evil.example/"),
        ("http://testserver//evil.example/?event=2027", ""),
        ("http://evil.example/events/2027/?theme=2", ""),
        ("http://testserver/\\evil.example/", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_the_page_that_an_act_came_from_is_one_of_this_site_with_what_its_address_asked(came_from, back):
    request = RequestFactory().post("/", headers={"Referer": came_from})

    assert page_before(request) == back


def test_drafts_are_in_the_list_of_events_and_ways_to_edit_on_pages_only_afterwards(client):
    event = make.event(slug="2026", title="Spring")
    make.event(slug="2027", status="draft", title="Autumn")

    before = [client.get("/events/").text, client.get(event.get_absolute_url()).text]
    give(client, client.get("/team/")["Location"])
    after = [client.get("/events/").text, client.get(event.get_absolute_url()).text]

    assert ["Autumn" in before[0], "/admin/events/" in before[1]] == [False, False]
    assert ["Autumn" in after[0], "/admin/events/" in after[1]] == [True, True]


def test_how_to_join_is_shown_to_the_team_only_afterwards(client, tess):
    session = make.workshop(make.event(), join_url=SECRET)

    before = client.get(session.get_absolute_url()).text
    give(client, client.get("/team/")["Location"])

    assert SECRET not in before
    assert joining_details.may_join(session, tess)
    assert SECRET in client.get(session.get_absolute_url()).text


def said(client: Client, post: Post, words: str) -> Comment:
    leave(client, post, words)
    return Comment.objects.get(body=words)


def test_a_comment_of_the_team_waits_like_a_member_s_and_after_the_second_step_not(client, tess):
    post = make.post("Rotas", slug="rotas")

    before = said(client, post, "Said before.")
    give(client, client.get("/team/")["Location"])
    after = said(client, post, "Said afterwards.")

    assert [before.status, after.status] == ["pending", "published"]


def test_links_that_are_edited_in_wait_without_it(client, tess):
    post = make.post("Rotas", slug="rotas")
    comment = make.comment(post, tess, body="Plain", created_at=make.NOW)
    links = "https://a.example https://b.example https://c.example"

    client.post(f"{post.get_absolute_url()}comments/{comment.pk}/edit/", {"body": links})

    comment.refresh_from_db()
    assert (comment.body, comment.pending_body) == ("Plain", links)


def test_a_row_that_came_without_a_request_has_its_rights(tess):
    assert tess.has_perm("events.view_event")
    assert tess.has_module_perms("events")


@pytest.mark.parametrize("url", ["/", "/members/profile/"])
def test_it_costs_no_query(tess, url):
    asked = []
    for client in (people.reader(tess), second_step.logged_in_by("password", tess)):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        asked.append(len(queries))

    assert asked[0] == asked[1]

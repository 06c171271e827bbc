"""Comments, decisions and reports in the admin: to find and read, without the addresses of guests."""

import pytest
from django.test import Client

from comments.models import Comment
from comments.moderation import decisions
from tests import make
from tests.comments.conversation import GWEN, moderator, says
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

LIST = "/admin/comments/comment/"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(moderator())
    return client


@pytest.fixture
def comment() -> Comment:
    return says(make.post(), GWEN, "We asked everybody about nights.")


def records(comment):
    """The admin's pages of a comment, a decision about it and a report of it."""
    decision = decisions.publish(comment, by=moderator("Nia"), at=NOW, seen=0)
    report = comment.reports.create(reason="spam", words="Looks odd.", created_at=NOW)
    kinds = {"comment": comment, "decision": decision, "report": report}
    return [f"/admin/comments/{kind}/{one.pk}/change/" for kind, one in kinds.items()]


@pytest.mark.parametrize("words", ["nights", "Gwen", "kindness"])
def test_a_comment_is_found_by_its_words_its_author_and_its_post(desk, comment, words):
    assert f"{LIST}{comment.pk}/change/" in desk.get(LIST, {"q": words}).text


@pytest.mark.parametrize("words", [GWEN.email, "guests.example", "gwen@"])
def test_nobody_finds_out_a_guests_address_by_searching(desk, comment, words):
    assert f"{LIST}{comment.pk}/change/" not in desk.get(LIST, {"q": words}).text


@pytest.mark.parametrize("field", ["guest_email", "guest_email__startswith", "submission", "body__contains"])
def test_nobody_finds_it_out_by_filtering(desk, comment, field):
    assert desk.get(LIST, {field: "g"}).status_code in (302, 400)


@pytest.mark.slow
def test_no_record_shows_a_guests_address(desk, comment):
    pages = [*records(comment), LIST, "/admin/comments/decision/", "/admin/comments/report/"]

    assert [path for path in pages if "guests.example" in desk.get(path).text] == []


@pytest.mark.slow
def test_each_record_leads_to_the_teams_page_of_the_comment_and_that_leads_back(desk, comment):
    for path in records(comment):
        assert f'href="/team/moderation/{comment.pk}/"' in desk.get(path).text

    assert f'href="{LIST}{comment.pk}/change/"' in desk.get(f"/team/moderation/{comment.pk}/").text


@pytest.mark.slow
def test_no_hand_makes_changes_or_deletes_a_record(desk, comment):
    pages = records(comment)
    before = Comment.objects.values().get()

    for path in pages:
        assert desk.post(path, {"body": "Other words", "status": "removed"}).status_code == 403
        assert desk.post(path.replace("change", "delete"), {"post": "yes"}).status_code == 403
        assert desk.get(path.rpartition("/change")[0].rpartition("/")[0] + "/add/").status_code == 403

    assert Comment.objects.values().get() == before


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["comment", "decision", "report"])
def test_a_list_asks_the_same_of_one_and_of_thirty(desk, kind, django_assert_num_queries):
    for number in (1, 29):
        for n in range(number):
            one = make.comment(make.post(), make.member(f"Ada {n}"))
            one.reports.create(reason="spam", created_at=NOW, member=make.member())
            one.decisions.create(kind="keep", by=make.member(), at=NOW)
        with django_assert_num_queries(6):
            assert desk.get(f"/admin/comments/{kind}/").status_code == 200


def test_the_teams_first_page_says_what_waits_for_moderators(desk, comment):
    asked = make.comment(comment.post, status="rejected", appealed_at=NOW)

    page = flat(desk.get("/team/").text)

    assert asked.appealed_at == NOW
    assert "1 comment waits for a moderator</a>" in page
    assert "The oldest has waited for less than a minute." in page
    assert 'href="/team/moderation/?queue=again"' in page

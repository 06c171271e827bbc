"""The pages of moderation: who may open them, the story of one comment, and never a guest's address."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from comments.models import Decision
from comments.moderation import decisions
from tests import make
from tests.comments.conversation import GWEN, moderator, published, says
from tests.contracts import people
from tests.make import NOW
from tests.team.moderating import MINUTE, QUEUE, browser, notes, status, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

ACTS = ("publish", "publish-and-reply", "reject", "spam", "remove", "keep", "redact", "reveal")


# ---- Who may -----------------------------------------------------------------------------------


def addresses(comment, decision):
    return [f"{QUEUE}{comment.pk}/{act}/" for act in ACTS] + [f"{QUEUE}decisions/{decision.pk}/undo/"]


@pytest.mark.slow
@pytest.mark.parametrize("who", ["member", "Blog editor", "Support", "staff"])
def test_nobody_but_moderators_decides_or_looks(post, mo, who):
    comment = says(post, GWEN)
    decision = decisions.publish(comment, by=mo, at=NOW, seen=0)
    groups = [] if who == "staff" else [who]
    client = browser(make.member() if who == "member" else people.staff(*groups))
    paths = [QUEUE, f"{QUEUE}{comment.pk}/"]

    assert [client.get(path).status_code for path in paths] == [403, 403]
    assert {client.post(path, {"seen": 1}).status_code for path in addresses(comment, decision)} == {403}
    assert Decision.objects.count() == 1


@pytest.mark.slow
def test_a_visitor_logs_in_and_comes_back_to_the_page_never_to_an_act(post, mo):
    comment = says(post, GWEN)
    decision = decisions.publish(comment, by=mo, at=NOW, seen=0)
    client = browser()

    assert client.get(f"{QUEUE}?queue=spam")["Location"] == (
        "/accounts/login/?next=/team/moderation/%3Fqueue%3Dspam"
    )
    for path in addresses(comment, decision):
        assert client.post(path, {"next": QUEUE})["Location"] == "/accounts/login/?next=/team/moderation/"
        assert (
            client.post(path, {"next": "//elsewhere.example"})["Location"] == "/accounts/login/?next=/team/"
        )
    assert Decision.objects.count() == 1


def test_an_act_is_no_page(post, desk):
    comment = says(post, GWEN)

    for act in ("publish", "spam", "keep", "reveal"):
        assert desk.get(f"{QUEUE}{comment.pk}/{act}/").status_code == 405
    assert status(comment) == "pending"


@pytest.mark.parametrize("number", [0, 10**30])
def test_what_is_not_there_is_not_found(desk, number):
    paths = [f"{QUEUE}{number}/", f"{QUEUE}{number}/reject/"]

    assert [desk.get(path).status_code for path in paths] == [404, 404]
    assert desk.post(f"{QUEUE}decisions/{number}/undo/").status_code == 404


# ---- The story of one comment, and the address of a guest ---------------------------------------


@pytest.mark.slow
def test_the_story_of_a_comment_has_every_decision_and_report(post, desk, mo):
    comment = published(post, mo=mo)
    comment.reports.create(reason="spam", words="Looks odd.", created_at=NOW)
    decisions.keep(comment, by=moderator("Nia"), at=NOW, seen=1)
    published(post, reply_to=comment, body="A reply", mo=mo)

    page = text(desk.get(f"{QUEUE}{comment.pk}/"))

    assert "Published 1 published reply below it" in page
    assert "Mon 2 Nov, 10:00 Mo Published" in page
    assert "Mon 2 Nov, 10:00 Nia Kept after a report" in page
    assert "Looks odd. Settled: Kept after a report." in page


def test_the_log_says_who_when_what_why_and_undoes(post, desk, mo):
    comment = says(post, GWEN)
    decisions.reject(
        comment, by=mo, at=NOW - timedelta(hours=1), seen=0, reason="off-topic", words="Not here."
    )

    page = desk.get(QUEUE, {"queue": "decisions"})

    assert "Mon 2 Nov, 09:00 Mo Not published Gwen on “Rota as kindness”" in text(page)
    assert "It is about something else. Not here." in text(page)
    assert "may have been mailed" in text(page)
    assert f"{QUEUE}decisions/{comment.decisions.get().pk}/undo/" in page.text


@pytest.mark.slow
def test_the_address_of_a_guest_is_on_no_page_until_it_is_asked_for(post, desk, mo):
    comment = published(post, mo=mo)
    comment.reports.create(reason="spam", created_at=NOW)
    says(post, GWEN)
    pages = [QUEUE, f"{QUEUE}{comment.pk}/", f"{QUEUE}{comment.pk}/remove/", "/team/"]
    pages += [f"{QUEUE}?queue={name}" for name in ("again", "reported", "spam", "decisions")]
    assert not any("guests.example" in desk.get(path).text for path in pages)

    assert desk.post(f"{QUEUE}{comment.pk}/reveal/").url == f"{QUEUE}{comment.pk}/"

    assert [path for path in pages if "guests.example" in desk.get(path).text] == [f"{QUEUE}{comment.pk}/"]
    seen = comment.decisions.get(kind="reveal")
    assert (seen.by, seen.at) == (mo, NOW)
    assert "guests.example" not in browser(moderator("Nia")).get(f"{QUEUE}{comment.pk}/").text
    Decision.objects.filter(pk=seen.pk).update(at=NOW - 10 * MINUTE)
    assert "guests.example" not in desk.get(f"{QUEUE}{comment.pk}/").text


@pytest.mark.slow
def test_who_may_not_see_addresses_is_not_offered_it(post):
    member = make.member("Mia", is_staff=True)
    member.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    comment, client = says(post, GWEN), browser(member)

    assert "Show the address" not in client.get(f"{QUEUE}{comment.pk}/").text
    assert client.post(f"{QUEUE}{comment.pk}/reveal/").status_code == 403
    assert Decision.objects.count() == 0


def test_an_address_that_was_erased_cannot_be_shown(post, desk):
    comment = make.comment(post, guest_email="")

    desk.post(f"{QUEUE}{comment.pk}/reveal/")

    assert Decision.objects.count() == 0
    assert notes(desk) == ["No address is kept for this comment."]

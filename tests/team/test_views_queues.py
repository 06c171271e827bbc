"""The queues of moderation: what each shows of a comment, and what it says where nothing waits."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from comments import following
from comments.models import Comment
from comments.moderation import appeals, decisions
from members.models import SiteSettings
from team.moderation.queues import Queue
from tests import make
from tests.comments.conversation import GWEN, moderator, published, says
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat
from tests.team.moderating import MINUTE, QUEUE, browser, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

ACTS = ("publish", "publish-and-reply", "reject", "spam", "remove", "keep", "redact", "reveal")


@pytest.mark.parametrize(
    ("queue", "words"),
    [
        ("", "Nothing waits"),
        ("again", "Nobody asks to look again"),
        ("reported", "Nothing is reported"),
        ("spam", "There is no spam"),
        ("decisions", "Nothing has been decided"),
        ("nonsense", "Nothing waits"),
    ],
)
def test_an_empty_queue_says_what_will_be_there(desk, queue, words):
    assert words in text(desk.get(QUEUE, {"queue": queue}))


@pytest.mark.slow
def test_an_empty_queue_leads_to_the_next_in_which_somebody_waits(post, desk):
    make.comment(post, status="rejected", appealed_at=NOW)

    page = desk.get(QUEUE)

    onward = f'<a class="btn btn-secondary" href="{QUEUE}?queue=again">Asked to look again: 1</a>'
    assert onward in page.text
    assert "Asked to look again: 1" not in desk.get(QUEUE, {"queue": "again"}).text


@pytest.mark.slow
def test_a_waiting_comment_stands_in_its_context(post, desk, mo):
    thread = published(post, make.member("Ada"), "Which shifts were hardest to fill?", mo=mo)
    make.member("Gwen")
    says(post, GWEN, "Nights.\n\nAnd <b>Sundays</b>.", reply_to=thread)

    page = desk.get(QUEUE)

    said = text(page).replace(" :", ":").replace(" ;", ";").replace(" .", ".")
    for words in (
        "Gwen on Rota as kindness",
        "A member has this name This is a guest, who may be somebody else.",
        "Guest, address not confirmed Nothing decided before",
        "Answers Ada: Which shifts were hardest to fill?",
        "Nights. And &lt;b&gt;Sundays&lt;/b&gt;.",
        "Comments of guests wait.",
        "Publish: Gwen; Not published: Gwen; Spam: nobody",
    ):
        assert words in said
    assert page.text.count("gwen@guests.example") == 0
    assert f'href="{post.get_absolute_url()}"' in page.text


def test_an_edit_stands_beside_the_old_words(post, desk):
    make.comment(post, make.member("Ada"), body="We asked all.", pending_body="We asked most.")

    page = desk.get(QUEUE)

    assert "<del>" in flat(page.text)
    assert "taken out: all." in text(page)
    assert "put in: most." in text(page)
    assert "Publish the edit" in text(page)


def test_a_report_is_shown_with_who_why_and_words(post, desk):
    comment = make.comment(post)
    comment.reports.create(
        reason="unkind", words="It <i>hurts</i>.", created_at=NOW, member=make.member("Rae")
    )

    page = text(desk.get(QUEUE, {"queue": "reported"}))

    assert "by Rae" in page
    assert "It is unkind or discriminates." in page
    assert "It &lt;i&gt;hurts&lt;/i&gt;." in page


@pytest.mark.slow
def test_asking_again_shows_the_words_and_the_decision(post, desk):
    comment = says(post, GWEN)
    nia = moderator("Nia")
    decisions.reject(comment, by=nia, at=NOW, seen=0, reason="off-topic", words="Not here.")
    appeals.appeal(comment, "It is about rotas.", by=BY, at=NOW)

    page = text(desk.get(QUEUE, {"queue": "again"}))

    assert "It is about rotas." in page
    assert "Not published by Nia" in page
    assert "It is about something else. Not here." in page


def test_tabs_count_and_keep_the_post(post, desk):
    make.comment(post, status="pending")
    make.comment(make.post("Other"), status="pending")

    page = desk.get(QUEUE, {"post": post.pk})

    assert "Pending 1 Asked to look again 0 Reported 0 Spam 0 Recent decisions" in text(page)
    assert f'href="{QUEUE}?queue=spam&amp;post={post.pk}"' in page.text
    assert f'<option value="{post.pk}" selected>' in flat(page.text)


@pytest.mark.slow
def test_twenty_five_stand_on_a_page(post, desk):
    for n in range(26):
        make.comment(post, status="pending", body=f"Number {n}.", created_at=NOW + n * MINUTE)

    first, second = desk.get(QUEUE), desk.get(QUEUE, {"page": 2})

    assert (first.text.count("queue-item-title"), second.text.count("queue-item-title")) == (25, 1)
    assert "Number 25." in text(second)


@pytest.mark.slow
def test_the_promise_is_said_and_whether_it_is_broken(post, desk):
    comment = make.comment(post, status="pending", created_at=NOW - timedelta(hours=2))
    assert "The oldest comment here has waited for 2 hours" in text(desk.get(QUEUE))
    assert "too long" not in text(desk.get(QUEUE))

    Comment.objects.filter(pk=comment.pk).update(created_at=NOW - timedelta(days=5))
    assert "The oldest comment here has waited for 5 days" in text(desk.get(QUEUE))
    assert "That is too long" in text(desk.get(QUEUE))


@pytest.mark.slow
def test_each_queue_says_how_long_its_own_oldest_has_waited(post, desk):
    make.comment(post, status="pending", created_at=NOW - timedelta(hours=2))
    moments = {"status_changed_at": NOW - timedelta(days=9), "created_at": NOW - timedelta(days=9)}
    make.comment(post, status="rejected", appealed_at=NOW - timedelta(days=5), **moments)
    make.comment(post, **moments).reports.create(reason="spam", created_at=NOW - timedelta(hours=4))
    make.comment(post, status="spam", **moments)

    said = {name: text(desk.get(QUEUE, {"queue": name})) for name in Queue}

    assert "The oldest comment here has waited for 2 hours; usually" in said[Queue.PENDING]
    assert "The oldest comment here has waited for 5 days; usually" in said[Queue.APPEALS]
    assert "The oldest comment here has waited for 4 hours; usually" in said[Queue.REPORTED]
    assert [name for name in Queue if "That is too long" in said[name]] == ["again"]
    for name in (Queue.SPAM, Queue.DECISIONS):
        assert "The oldest comment" not in said[name]
        assert "No comment waits" not in said[name]
        assert "Usually we decide within one working day." in said[name]


@pytest.mark.slow
def test_holding_all_comments_is_said_on_top_and_leads_to_the_settings_for_those_who_may(desk):
    SiteSettings.objects.update(are_all_comments_held=True)
    root = browser(people.admin())

    assert "All comments are held" in text(desk.get(QUEUE))
    assert "Stop holding all comments" not in text(desk.get(QUEUE))
    assert "Stop holding all comments" in text(root.get(QUEUE))

    SiteSettings.objects.update(are_all_comments_held=False)
    assert "All comments are held" not in text(desk.get(QUEUE))
    assert "Hold all comments" in text(root.get(QUEUE))


@pytest.mark.slow
def test_a_members_record_is_linked_for_those_who_may_see_members(post, desk, mo):
    ada = make.member("Ada")
    make.comment(post, ada, status="pending")
    link = f"/admin/members/member/{ada.pk}/change/"

    assert link not in desk.get(QUEUE).text
    mo.user_permissions.add(Permission.objects.get(codename="view_member"))
    assert link in desk.get(QUEUE).text


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(
    ("queue", "queries"), [("pending", 16), ("again", 17), ("reported", 16), ("spam", 16), ("decisions", 10)]
)
def test_a_queue_asks_the_same_of_one_and_of_thirty(
    post, mo, desk, number, queue, queries, django_assert_num_queries
):
    for n in range(number):
        ada = make.member(f"Ada {n}")
        thread = make.comment(post, ada)
        fields = {"again": {"status": "rejected", "appealed_at": NOW}, "reported": {}}.get(
            queue, {"status": "pending" if queue == "pending" else "spam"}
        )
        one = make.comment(make.post(f"Post {n}"), guest_name=f"Ada {n}", **fields)
        Comment.objects.filter(pk=one.pk).update(thread=thread)
        one.reports.create(reason="spam", created_at=NOW, member=ada)
        one.decisions.create(kind="keep", by=ada, at=NOW, before={"version": 3, "body": "Before"})
        following.follow(thread, by=ada, at=NOW)

    with django_assert_num_queries(queries):
        answer = desk.get(QUEUE, {"queue": queue})

    assert answer.status_code == 200

"""States of the team's first page and of moderation."""

from datetime import timedelta
from typing import Any

from blog.models import Post
from comments.models import Comment, Decision
from comments.moderation import appeals, decisions
from members.models import Member, SiteSettings
from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.make import BY

NOW = make.NOW
MODERATOR = "moderator"
TEAM, QUEUE = "/team/", "/team/moderation/"
WORDS = "We did this too, and it took a year.\n\nThere is a report: https://example.org/reports/rotas\n\n"


def rotas() -> Post:
    return Post.objects.get(slug="rotas")


def member(site: Site, who: str) -> Member:
    found = site.members[who]
    assert found is not None
    return found


def queue(site: Site, state: str, **query: object) -> Any:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return site.look("team:moderation", state, MODERATOR, f"{QUEUE}?{asked}" if asked else QUEUE)


def nothing_waits(site: Site) -> None:
    Decision.objects.all().delete()
    Comment.objects.exclude(thread=None).delete()
    Comment.objects.all().delete()
    for name in ("pending", "again", "reported", "spam", "decisions"):
        queue(site, "nothing there", queue=name)
    site.look("team:index", "nothing waits", MODERATOR, TEAM)


def everything_waits(site: Site) -> None:
    post, mo = rotas(), member(site, MODERATOR)
    make.member("Mary Seacole")
    thread = make.comment(post, make.member("Ada Long"), body=WORDS)
    make.comment(
        post, thread=thread, status="pending", held_for="guest", guest_name="mary seacole", body=WORDS * 40
    )
    make.comment(
        post, make.member("New"), status="pending", held_for="newcomer", created_at=NOW - timedelta(days=6)
    )
    make.comment(post, guest_name="محمد", body=WORDS, pending_body=WORDS.replace("a year", "two years"))
    reported = make.comment(post, guest_email="")
    for reason in ("unkind", "wrong"):
        reported.reports.create(reason=reason, words="It <b>hurts</b>.", created_at=NOW, member=mo)
        mo = member(site, ADMIN)
    asked = make.comment(post, status="pending")
    decisions.reject(asked, by=mo, at=NOW, seen=0, reason="unkind", words="Please put it kindly.")
    appeals.appeal(asked, "It was meant kindly.", by=BY, at=NOW)
    make.comment(post, status="spam", held_for="trap", body="www.example.org " * 30)
    for name in ("pending", "again", "reported", "spam", "decisions"):
        queue(site, "something there", queue=name)
    queue(site, "of one post", post=post.pk)
    site.look("team:index", "much waits", MODERATOR, TEAM)
    site.look("team:comment", "reported", MODERATOR, f"{QUEUE}{reported.pk}/")
    site.look("team:comment", "asked again", MODERATOR, f"{QUEUE}{asked.pk}/")
    site.look("team:comment_remove", "", MODERATOR, f"{QUEUE}{reported.pk}/remove/")


def a_queue_of_two_pages(site: Site) -> None:
    for _ in range(30):
        make.comment(rotas(), status="pending", held_for="guest", body=WORDS)
    queue(site, "full")
    queue(site, "full", page=2)


def something_was_just_decided(site: Site) -> None:
    comment = make.comment(rotas(), status="pending")
    client = site.client(MODERATOR)
    for _ in range(2):
        client.post(f"{QUEUE}{comment.pk}/publish/", {"seen": "0"})
        client.post(f"{QUEUE}{comment.pk}/spam/", {"seen": "0"})
    site.look("team:moderation", "just decided", MODERATOR, QUEUE, client=client)
    site.look("team:comment", "just decided", MODERATOR, f"{QUEUE}{comment.pk}/")


def an_address_is_shown(site: Site) -> None:
    comment = make.comment(rotas(), status="pending")
    site.client(MODERATOR).post(f"{QUEUE}{comment.pk}/reveal/")
    site.look("team:comment", "address shown", MODERATOR, f"{QUEUE}{comment.pk}/")


def a_comment_was_withdrawn(site: Site) -> None:
    comment = make.comment(rotas(), status="withdrawn", is_redacted=True)
    site.look("team:comment", "withdrawn", MODERATOR, f"{QUEUE}{comment.pk}/")


def all_comments_are_held(site: Site) -> None:
    SiteSettings.objects.update(are_all_comments_held=True)
    for who in (MODERATOR, ADMIN):
        site.look("team:moderation", "all held", who, QUEUE)


def somebody_was_quicker(site: Site) -> None:
    comment = make.comment(rotas(), status="pending")
    decisions.publish(comment, by=member(site, ADMIN), at=NOW, seen=0)
    path = f"{QUEUE}{comment.pk}/reject/"
    fields = {"seen": "0", "reason": "other", "words": "My own words."}
    answer = site.client(MODERATOR).post(path, fields)
    site.keep(answer, "team:comment_reject", "somebody was quicker", MODERATOR, path)


def it_is_not_for_members(site: Site) -> None:
    site.look("error 403", "of the team's", "not registered", QUEUE, status=403)


STATES = (
    nothing_waits,
    everything_waits,
    a_queue_of_two_pages,
    something_was_just_decided,
    an_address_is_shown,
    a_comment_was_withdrawn,
    all_comments_are_held,
    somebody_was_quicker,
    it_is_not_for_members,
)

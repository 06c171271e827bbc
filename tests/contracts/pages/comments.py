"""States of the conversation below a post, and of the pages about one comment."""

from datetime import timedelta
from urllib.parse import urlsplit

from blog.models import Post
from comments import following
from comments.models import Comment, Decision
from comments.writing import guests
from members.models import Member
from tests import make
from tests.comments.pages import FROM_GWEN
from tests.contracts.pages.catalogue import Site
from tests.make import BY

NOW = make.NOW
VISITOR, ADA, BO, MODERATOR = "visitor", "registered and booked", "not registered", "moderator"
ROTAS = "/blog/rotas/"
LONG_AGO = NOW - timedelta(days=430)
WORDS = (
    "We did this too.\n\nThere is a report: https://example.org/reports/rotas?year=2026&ward=7 (in English)."
)


def rotas() -> Post:
    return Post.objects.get(slug="rotas")


def ada() -> Member:
    member: Member = Member.objects.get(email="ada@members.example")
    return member


def mine(comment: Comment) -> str:
    return f"/comments/mine/{guests.token_of(comment)}/"


def a_lively_conversation(site: Site) -> None:
    post, hers = rotas(), ada()
    author = post.authors.exclude(member=None)[0].member
    thread = make.comment(post, hers, body=WORDS, created_at=LONG_AGO, edited_at=NOW, is_redacted=True)
    reply = make.comment(post, author, body="How?", thread=thread, created_at=LONG_AGO)
    make.comment(post, thread=thread, reply_to=reply, guest_name="محمد", body="بالسؤال أولا.")
    gone = make.comment(post, status="removed")
    make.comment(post, hers, thread=gone, pending_body="Other words")
    make.comment(post, hers, status="pending", body="This one waits.")
    for who in (VISITOR, ADA):
        site.look("blog:post", "a lively conversation", who, ROTAS)


def a_long_conversation(site: Site) -> None:
    for minute in range(120):
        thread = make.comment(rotas(), body=WORDS, created_at=LONG_AGO + timedelta(minutes=minute))
        make.comment(rotas(), body=WORDS, thread=thread, created_at=LONG_AGO + timedelta(minutes=minute))
    site.look("blog:post", "a long conversation", VISITOR, ROTAS)
    site.look("blog:post", "a long conversation, page 2", VISITOR, f"{ROTAS}?page=2")


def nobody_has_commented(site: Site) -> None:
    Comment.objects.exclude(thread=None).delete()
    Comment.objects.all().delete()
    site.look("blog:post", "no comments", VISITOR, ROTAS)


def comments_are_closed(site: Site) -> None:
    thread = make.comment(rotas())
    Post.objects.update(comments_close_at=NOW - timedelta(days=3))
    site.look("blog:post", "comments closed", VISITOR, ROTAS)
    site.look("comments:reply", "comments closed", VISITOR, f"{thread.get_absolute_url()}reply/")
    answer = site.client(VISITOR).post(f"{ROTAS}comments/", {"body": "Too late"} | FROM_GWEN)
    site.keep(answer, "blog:post", "comments closed, sent", VISITOR, f"{ROTAS}comments/")


def a_comment_was_left(site: Site) -> None:
    client = site.client(VISITOR)
    answer = client.post(f"{ROTAS}comments/", {"body": "From outside."} | FROM_GWEN)
    site.look("comments:mine", "just left", VISITOR, answer["Location"], client=client)
    site.look("blog:post", "her own waits", VISITOR, ROTAS, client=client)
    client = site.client(BO)
    answer = client.post(f"{ROTAS}comments/", {"body": "My first."})
    place = urlsplit(answer["Location"])
    site.look("blog:post", "her first waits", BO, place.path, client=client)


def a_guests_comment_in_every_state(site: Site) -> None:
    for status in ("published", "rejected", "removed", "withdrawn", "spam"):
        comment = make.comment(rotas(), status=status, body=WORDS)
        if status in ("rejected", "removed"):
            _decide(comment, status)
        site.look("comments:mine", status, VISITOR, mine(comment))
        site.look("comments:guest_withdraw", status, VISITOR, f"{mine(comment)}withdraw/")
        site.look("comments:guest_look_again", status, VISITOR, f"{mine(comment)}look-again/")
    waits = make.comment(rotas(), body=WORDS, pending_body="Other words")
    site.look("comments:mine", "a change waits", VISITOR, mine(waits))
    asked = make.comment(rotas(), status="rejected", appealed_at=NOW)
    _decide(asked, "rejected")
    site.look("comments:mine", "asked to look again", VISITOR, mine(asked))


def _decide(comment: Comment, status: str) -> None:
    kind = Decision.Kind.REMOVE if status == "removed" else Decision.Kind.REJECT
    words = "Please put it kindly.\n\nWe are happy to read it again."
    Decision.objects.create(comment=comment, kind=kind, at=NOW, reason="unkind", words=words)


def a_member_reads_why(site: Site) -> None:
    comment = make.comment(rotas(), ada(), status="rejected", body=WORDS)
    _decide(comment, "rejected")
    site.look("comments:look_again", "not published", ADA, f"{comment.get_absolute_url()}look-again/")


def it_is_too_late_to_edit(site: Site) -> None:
    comment = make.comment(rotas(), ada(), created_at=LONG_AGO)
    path = f"{comment.get_absolute_url()}edit/"
    site.look("comments:edit", "too late", ADA, path)
    answer = site.client(ADA).post(path, {"body": "Other words"})
    site.keep(answer, "comments:edit", "too late, sent", ADA, path)


def an_address_is_confirmed_or_gone(site: Site) -> None:
    confirmed = make.comment(rotas(), address_confirmed_at=NOW)
    erased = make.comment(rotas(), guest_email="")
    for state, comment in (("confirmed", confirmed), ("erased", erased)):
        token = guests.confirmation_token_of(comment)
        site.look("comments:confirm", state, VISITOR, f"/comments/confirm/{token}/")


def a_link_was_ended(site: Site) -> None:
    for state, email in (("ended", "gwen@guests.example"), ("ended, no address", "")):
        comment = make.comment(rotas(), guest_email=email)
        path = mine(comment)
        guests.end_link(comment, by=site.member(MODERATOR), at=NOW)
        site.look("comments:mine", state, VISITOR, path, status=410)
        site.look("team:comment", state, MODERATOR, f"/team/moderation/{comment.pk}/")


def a_comment_is_added_to_an_account(site: Site) -> None:
    hers = make.comment(rotas(), guest_email="ada@members.example")
    path = f"/comments/add/{guests.account_token_of(hers)}/"
    site.look("comments:add", "hers", ADA, path)
    guests.add_to_account(hers, ada(), at=NOW)
    site.look("comments:add", "added", ADA, path)


def emails_have_stopped(site: Site) -> None:
    follow = following.follow(make.comment(rotas()), by=ada(), at=NOW)
    path = f"/comments/follow/{following.token_of(follow)}/"
    following.stop(follow, by=BY, at=NOW)
    site.look("comments:stop", "stopped", VISITOR, path)


STATES = (
    a_lively_conversation,
    a_long_conversation,
    nobody_has_commented,
    comments_are_closed,
    a_comment_was_left,
    a_guests_comment_in_every_state,
    a_member_reads_why,
    it_is_too_late_to_edit,
    an_address_is_confirmed_or_gone,
    a_link_was_ended,
    a_comment_is_added_to_an_account,
    emails_have_stopped,
)

"""Loads the demo's blog: posts that are written, published and scheduled by the rules, and what people say.

Everything happens in the past, in the order in which it would have. What was told then was told then: no
email about it goes out now.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.db.models import Max

from audit.actors import VISITOR
from blog.editing import proposals, publishing, saving
from blog.media import pictures, sounds, video_links
from blog.models import Picture, Post
from comments.models import Comment
from comments.moderation import appeals, decisions, reporting
from comments.writing import authoring
from comments.writing.authoring import Guest, Sent
from common.times import SITE_ZONE
from events.models import Event
from members.models import Member
from notifications.models import Message
from qevent.demo import conversation
from qevent.demo.conversation import COMMENTS, DemoComment, Fate
from qevent.demo.posts import (
    BEFORE_YOU_JOIN,
    POSTS,
    PROPOSAL,
    PROPOSAL_NOTE,
    PROPOSAL_TITLE,
    DemoPost,
)

EDITOR = "priya@example.org"
MODERATORS = ("mal@example.org", "dot@example.org")
#: How long after it was left a comment that waits is published.
UNTIL_PUBLISHED = timedelta(hours=3)


@transaction.atomic
def load(event: Event, *, at: datetime) -> None:
    """Load posts and conversation around the event, as if it were ``at`` now."""
    before = Message.objects.aggregate(last=Max("pk"))["last"] or 0
    people = {one.email: one for one in Member.objects.all()} | {
        one.name: one for one in Member.objects.all()
    }
    posts = {
        described.key: _published(described, event, people, at - timedelta(days=described.days))
        for described in POSTS
    }
    _scheduled(event, people, at)
    proposal = proposals.Proposal(PROPOSAL_TITLE, PROPOSAL, PROPOSAL_NOTE)
    begun = proposals.begin(proposal, by=people["bo@example.org"], at=at - timedelta(days=5))
    proposals.send(begun, by=people["bo@example.org"], at=at - timedelta(days=4))
    _Conversation(posts, people, at).take_place()
    Message.objects.filter(pk__gt=before).delete()


def _published(described: DemoPost, event: Event, people: dict[str, Member], from_: datetime) -> Post:
    post = _written(described, event, people, from_ - timedelta(days=2))
    return publishing.publish(post, by=people[EDITOR], at=from_)


def _scheduled(event: Event, people: dict[str, Member], at: datetime) -> Post:
    """Two mornings before the event."""
    morning = datetime.combine(event.first_day - timedelta(days=2), time(9), tzinfo=SITE_ZONE)
    post = _written(BEFORE_YOU_JOIN, event, people, at - timedelta(days=1))
    return publishing.publish(post, by=people[EDITOR], at=at - timedelta(hours=20), from_=morning)


def _written(described: DemoPost, event: Event, people: dict[str, Member], at: datetime) -> Post:
    """Begin a post two days before it is published, and write it."""
    by = people[EDITOR]
    post = saving.create(described.title, by=by, at=at)
    lead: Picture | None = None
    if described.picture is not None:
        told = described.picture
        lead = pictures.add(post, told.draw(), told.alternative_text, told.caption, by=by, at=at)
    if described.video is not None:
        told_of = described.video
        about = video_links.About(told_of.title, told_of.url, told_of.transcript, told_of.length)
        video_links.add(post, about, by=by, at=at)
    if described.audio is not None:
        heard = described.audio
        said = sounds.About(heard.title, heard.length, heard.transcript)
        sounds.add(post, heard.make(), said, by=by, at=at)
    changes: saving.Changes = {
        "standfirst": described.standfirst,
        "body": described.body,
        "kind": described.kind,
        "event": event,
        "session": event.sessions.filter(title=described.session).first(),
        "themes": list(event.themes.filter(title=described.theme)),
        "authors": [_byline(one, people) for one in described.authors],
        # A picture that stands in the text is not shown twice.
        "lead_picture": None if "[[picture" in described.body else lead,
    }
    return saving.save(post, changes, by=by, at=at + timedelta(hours=2), seen=None)


def _byline(author: str | tuple[str, str], people: dict[str, Member]) -> saving.Byline:
    if isinstance(author, tuple):
        return saving.Byline(name=author[0], role=author[1])
    member = people[author]
    return saving.Byline(member=member, role=", ".join(filter(None, [member.role, member.organisation])))


class _Conversation:
    """What people say below the posts, in the order of time."""

    def __init__(self, posts: dict[str, Post], people: dict[str, Member], at: datetime) -> None:
        self.posts = posts
        self.people = people
        self.at = at
        self.said: dict[str, Comment] = {}
        self.moderators: Sequence[Member] = [people[one] for one in MODERATORS]

    def take_place(self) -> None:
        """Let everybody speak; then happens what happens to some of it."""
        for described in sorted(COMMENTS, key=lambda one: -one.days):
            comment = self.said[described.key] = self._leave(described)
            if comment.status == Comment.Status.PENDING and described.fate in _PUBLISHED_FIRST:
                self._publish(comment, self._when(described) + UNTIL_PUBLISHED)
        for described in COMMENTS:
            if described.fate in _AFTERWARDS:
                _AFTERWARDS[described.fate](self, self.said[described.key], self._when(described))

    def _when(self, described: DemoComment) -> datetime:
        return self.at - timedelta(days=described.days)

    def _leave(self, described: DemoComment) -> Comment:
        sent = Sent(uuid5(NAMESPACE_URL, f"demo:{described.key}"), follows=described.fate is Fate.FOLLOWED)
        return authoring.leave(
            self.posts[described.post],
            described.body,
            by=self._writer(described.who),
            at=self._when(described),
            sent=sent,
            reply_to=self.said.get(described.reply_to),
        )

    def _writer(self, who: str) -> Member | Guest:
        if not who.startswith("("):
            return self.people[who]
        name = who.strip("()")
        return Guest(name, f"{name.split()[-1].strip(',').lower()}@example.net")

    def _publish(self, comment: Comment, at: datetime) -> None:
        decisions.publish(comment, by=self.moderators[0], at=at, seen=comment.version)
        comment.refresh_from_db()

    def spam(self, comment: Comment, at: datetime) -> None:
        by = self.moderators[1]
        decisions.spam(comment, by=by, at=at + timedelta(hours=1), seen=comment.version)

    def report(self, comment: Comment, at: datetime) -> None:
        by = self.people["Grace Whitcombe"]
        reason, words = conversation.REPORT_REASON, conversation.REPORT_WORDS
        reporting.report(comment, by=by, reason=reason, words=words, at=at + timedelta(days=1))

    def remove(self, comment: Comment, at: datetime) -> None:
        decisions.remove(
            comment,
            by=self.moderators[1],
            at=at + timedelta(days=1),
            seen=comment.version,
            reason=conversation.REMOVAL_REASON,
            words=conversation.REMOVAL_WORDS,
        )

    def withdraw(self, comment: Comment, at: datetime) -> None:
        authoring.withdraw(comment, by=comment.member or VISITOR, at=at + timedelta(days=1))

    def look_again(self, comment: Comment, at: datetime) -> None:
        decision = decisions.reject(
            comment,
            by=self.moderators[0],
            at=at + timedelta(hours=5),
            seen=comment.version,
            reason=conversation.REJECTION_REASON,
            words=conversation.REJECTION_WORDS,
        )
        asked_at = decision.at + timedelta(hours=9)
        by = comment.member or VISITOR
        appeals.appeal(comment, conversation.LOOK_AGAIN_WORDS, by=by, at=asked_at)

    def redact(self, comment: Comment, at: datetime) -> None:
        by, when = self.moderators[0], at + timedelta(hours=4)
        decisions.redact(comment, conversation.REDACTED, by=by, at=when, seen=comment.version)
        comment.refresh_from_db()
        self._publish(comment, when)


_PUBLISHED_FIRST = (None, Fate.FOLLOWED, Fate.REMOVED, Fate.REPORTED, Fate.WITHDRAWN)
_AFTERWARDS: dict[Fate | None, Callable[[_Conversation, Comment, datetime], None]] = {
    Fate.SPAM: _Conversation.spam,
    Fate.REPORTED: _Conversation.report,
    Fate.REMOVED: _Conversation.remove,
    Fate.WITHDRAWN: _Conversation.withdraw,
    Fate.LOOK_AGAIN: _Conversation.look_again,
    Fate.REDACTED: _Conversation.redact,
}

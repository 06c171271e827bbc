"""What is mailed about comments, each for its own cause."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib.auth.models import Group

from comments.models import Comment
from comments.moderation import appeals, decisions, digest
from comments.writing import authoring, guests
from members.models import Member
from tests import make
from tests.make import BY, NOW

if TYPE_CHECKING:
    from tests.contracts.emails.causes import Names

#: Longer than anybody should wait.
HOURS_AGO = NOW - timedelta(hours=2)


def _moderator() -> Member:
    member = make.member("Mo", is_staff=True)
    member.groups.add(Group.objects.get(name="Moderator"))
    return member


def _left(names: "Names", by: Member | authoring.Guest, *, is_about: Comment | None = None) -> Comment:
    """A comment on a post called as the test wants."""
    post = is_about.post if is_about else make.post(names.title[:150])
    return authoring.leave(post, names.words, by=by, at=NOW, sent=authoring.Sent(uuid4()), reply_to=is_about)


def _guest(names: "Names") -> Comment:
    return _left(names, authoring.Guest(names.person[:150], "gwen@guests.example"))


def _confirmed(names: "Names") -> Comment:
    return guests.confirm_address(_guest(names), at=NOW)


def _link_ended(names: "Names") -> None:
    comment = _confirmed(names)
    guests.end_link(comment, by=_moderator(), at=NOW)
    guests.ask_for_link(comment, at=NOW)


def _members(names: "Names") -> Comment:
    return _left(names, make.member(names.person))


def _published(comment: Comment) -> Comment:
    decisions.publish(comment, by=_moderator(), at=NOW, seen=comment.version)
    return Comment.objects.get(pk=comment.pk)


def _rejected(comment: Comment, words: str) -> Comment:
    decisions.reject(
        comment, by=_moderator(), at=NOW, seen=comment.version, reason="unkind", words=words[:2000]
    )
    return Comment.objects.get(pk=comment.pk)


def _with_an_account(names: "Names") -> None:
    make.member(names.person, email="gwen@guests.example")
    _guest(names)


def _change(names: "Names") -> Comment:
    return authoring.edit(_published(_members(names)), "Other words", by=BY, at=NOW)


def _second_look(names: "Names") -> None:
    comment = _rejected(_confirmed(names), names.words)
    asked = appeals.appeal(comment, names.words, by=BY, at=NOW)
    _rejected(asked, names.words)


def _removed(names: "Names", left: Comment) -> None:
    comment = _published(left)
    decisions.remove(
        comment, by=_moderator(), at=NOW, seen=comment.version, reason="other", words=names.words[:2000]
    )


def _reply(names: "Names") -> None:
    bo, ada = make.member("Bo"), make.member(names.person)
    post = make.post(names.title[:150])
    sent = authoring.Sent(uuid4(), follows=True)
    thread = _published(authoring.leave(post, names.words, by=bo, at=NOW, sent=sent))
    _published(_left(names, ada, is_about=thread))


def _on_her_post(names: "Names") -> None:
    post = make.post(names.title[:150], authors=[make.member("Bo")])
    sent = authoring.Sent(uuid4())
    _published(authoring.leave(post, names.words, by=make.member(names.person), at=NOW, sent=sent))


def _digest(names: "Names") -> None:
    member = _moderator()
    Member.objects.filter(pk=member.pk).update(name=names.person)
    _members(names)
    comment = _rejected(_confirmed(names), names.words)
    appeals.appeal(comment, "", by=BY, at=NOW)
    Comment.objects.update(created_at=HOURS_AGO)
    digest.tell_moderators(at=NOW)


#: Folder of the templates → what happens.
CAUSES: dict[str, Callable[["Names"], object]] = {
    "comment-add-to-account": _with_an_account,
    "comment-new-link": _link_ended,
    "comment-not-published": lambda names: _rejected(_members(names), names.words),
    "comment-not-published: a change": lambda names: _rejected(_change(names), names.words),
    "comment-not-published: a guest's": lambda names: _rejected(_confirmed(names), names.words),
    "comment-not-published: twice": _second_look,
    "comment-on-your-post": _on_her_post,
    "comment-published": lambda names: _published(_members(names)),
    "comment-published: a change": lambda names: _published(_change(names)),
    "comment-published: a guest's": lambda names: _published(_confirmed(names)),
    "comment-received": _guest,
    "comment-removed": lambda names: _removed(names, _members(names)),
    "comment-removed: a guest's": lambda names: _removed(names, _guest(names)),
    "comment-reply": _reply,
    "moderation-digest": _digest,
}

"""Posts that members propose: written here or pasted, then the editors' to edit and publish under their name.

What they write is theirs alone until they send it: a draft, which no editor sees, nor what it said before it
was sent (the name of a patient, say, that they took out). Sent, it is in review, and they may take it back
until an editor has changed it. An editor who makes it a draft again gives it back to them. The same tables
and saves as every post, so nothing is lost on either side.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from blog import notices
from blog.editing import autosave, publishing, saving
from blog.editing.saving import locked_post
from blog.models import Post, Revision, UnsavedDraft
from blog.refusals import NotPossible, NotReady, PostRefused
from common.transactions import retried
from members.models import Member

Status = Post.Status


class NotAMember(PostRefused):
    """Only members propose posts."""

    def __init__(self) -> None:
        super().__init__(_("Only members can propose a post."))


@dataclass(frozen=True)
class Proposal:
    """What a member writes; ``note`` is for the editors only."""

    title: str
    text: str = ""
    note: str = ""


def proposals_of(member: Member) -> QuerySet[Post]:
    """Return the posts that they have proposed, the newest first."""
    return Post.objects.filter(proposed_by=member).order_by("-pk").defer("body", "text", "search")


@retried
def begin(proposal: Proposal, *, by: Member, at: datetime) -> Post:
    """Keep a first draft, under their name. Raises ``NotAMember``."""
    if not by.is_member:
        raise NotAMember
    post = saving.create(proposal.title, by=by, at=at, proposed_by=by)
    return save(post, proposal, by=by, at=at, seen=None)


@retried
def save(post: Post, proposal: Proposal, *, by: Member, at: datetime, seen: str | None) -> Post:
    """Save their draft. Raises ``NotPossible`` once the editors have it, ``StalePost``."""
    if locked_post(post).status != Status.DRAFT:
        raise NotPossible(_("The editors have your post, so it cannot be changed here any more."))
    changes: saving.Changes = {"title": proposal.title, "body": proposal.text}
    saved = saving.save(post, changes, by=by, at=at, seen=seen)
    Post.objects.filter(pk=post.pk).update(proposal_note=proposal.note.strip())
    autosave.store(post, {"title": proposal.title, "body": proposal.text}, by=by, at=at)
    return saved


def typed(post: Post) -> str:
    """Return its text as they typed it, unless somebody else has changed it since. Two queries."""
    kept = UnsavedDraft.objects.filter(post=post, member=post.proposed_by_id).first()
    return kept.body if kept and not is_taken_on(post) else post.body


@retried
def send(post: Post, *, by: Member, at: datetime) -> Post:
    """Hand it to the editors and tell them so; again is not an error. Raises ``NotAMember``, ``NotReady``."""
    if not by.is_member:
        raise NotAMember
    locked = locked_post(post)
    if locked.status != Status.DRAFT:
        return locked
    if not locked.body.strip():
        raise NotReady([_("a text")])
    _forget_unsent(locked)
    sent = publishing.submit_for_review(locked, by=by, at=at)
    notices.received(sent, at)
    return sent


def _forget_unsent(post: Post) -> None:
    """Forget what they saved for themselves since somebody else did: editors see what is sent, no more."""
    revisions = Revision.objects.filter(post=post)
    others = revisions.exclude(saved_by=post.proposed_by_id)
    last_of_others = others.aggregate(number=Max("number"))["number"] or 0
    unsent = revisions.filter(number__gt=last_of_others).order_by("-number")
    revisions.filter(pk__in=unsent.values("pk")[1:]).delete()


@retried
def take_back_proposal(post: Post, *, by: Member, at: datetime) -> Post:
    """Make it their draft again, while no editor has changed it. Raises ``NotPossible``."""
    locked = locked_post(post)
    if locked.status == Status.DRAFT:
        return locked
    if locked.status != Status.REVIEW or is_taken_on(locked):
        raise NotPossible(
            _("An editor is working on your post. Write to us if something in it has to change.")
        )
    return publishing.back_to_draft(locked, by=by, at=at)


def is_taken_on(post: Post) -> bool:
    """Whether the last words of it are not theirs: an editor is working on it. One query."""
    last = Revision.objects.filter(post=post).order_by("-number").first()
    return last is not None and last.saved_by_id != post.proposed_by_id

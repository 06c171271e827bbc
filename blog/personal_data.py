"""What this app holds of people: posts that they wrote or proposed, their versions, drafts and pictures."""

from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audit import trail
from audit.actors import By
from audit.acts import Act
from blog.media import pictures, sounds
from blog.models import Author, Picture, Post, Revision, Sound, UnsavedDraft, Video
from common.personal_data.registry import Deleted, Emptied, Person, holds, holds_nothing
from notifications import kept

_POST: Final = "A post that was published stays, and what the editors made stays theirs."


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    holds(
        UnsavedDraft,
        _("What you typed into a post and did not save"),
        lambda person: UnsavedDraft.objects.filter(member_id=person.id),
        exported="post__title title standfirst body facts kept_at",
        unexported={"member": "You."},
        erased=Deleted(),
    )
    holds(
        Author,
        _("Posts that bear your name"),
        lambda person: Author.objects.filter(member_id=person.id),
        exported="post__title post__standfirst post__body post__published_at name role",
        unexported={"member position": "Numbers."},
        erased=Emptied(
            _("Your name, and your role where one stands there, above published posts: who wrote them."),
            by_act="member name",
            stays={"post role position": _POST},
            act=_keep_bylines,
        ),
    )
    holds(
        Post,
        _("Posts that you proposed or began"),
        lambda person: Post.objects.filter(Q(proposed_by_id=person.id) | Q(created_by_id=person.id)),
        exported="title standfirst body kind status published_at proposal_note created_at changed_at",
        unexported={
            "slug text lead_picture event session withdrawn_reason comment_policy": "The editors’.",
            "comments_close_at": "The editors’.",
            "proposed_by created_by preview_token": "You; and a secret of the editors.",
        },
        erased=Emptied(
            _("Posts that were published, and those that editors began: they belong to the community."),
            by_act="proposal_note",
            stays={
                "title slug standfirst kind body text lead_picture event session status published_at "
                "withdrawn_reason comment_policy comments_close_at proposed_by created_by preview_token "
                "created_at changed_at": _POST
            },
            act=_forget_proposals,
        ),
    )
    holds(
        Revision,
        _("Versions of posts that you saved"),
        lambda person: Revision.objects.filter(saved_by_id=person.id),
        exported="post__title number title standfirst body restores saved_at",
        unexported={"saved_by": "You."},
        erased=Emptied(
            _("The versions of posts that stay, without who saved them."),
            stays={"post number title standfirst body restores saved_by saved_at": _POST},
        ),
    )
    holds(
        Picture,
        _("Pictures that you added to posts"),
        lambda person: Picture.objects.filter(uploaded_by_id=person.id),
        exported="post__title number file width height alternative_text caption created_at",
        unexported={"uploaded_by": "You."},
        erased=Emptied(
            _("Pictures of posts that stay, without who added them."),
            fields={"uploaded_by": None},
            stays={"post number file width height alternative_text caption created_at": _POST},
        ),
    )
    holds_nothing(Video, "post number title url length transcript", "Videos of posts")
    holds_nothing(Sound, "post number title length transcript file media_type size", "Audio of posts")
    holds_nothing(Post.themes.through, "post theme", "What a post is about")


def _keep_bylines(person: Person, **_: Any) -> None:
    """Leave the name as it stands above what was published; below what never was it goes. So do emails."""
    theirs = Author.objects.filter(member_id=person.id)
    written = Q(authors__member_id=person.id) | Q(proposed_by_id=person.id)
    kept.erase_about("post", Post.objects.filter(written).values_list("pk", flat=True))
    theirs.filter(post__published_at=None).delete()
    theirs.filter(name="").update(name=person.name)
    theirs.update(member=None)


def _forget_proposals(person: Person, *, by: By, at: datetime) -> None:
    """Delete what they proposed and nobody ever published, unless others are its authors too."""
    for post in _unpublished(person):
        for picture in post.pictures.all():
            pictures.remove(picture, by=by, at=at)
        for sound in post.sounds.all():
            sounds.remove(sound, by=by, at=at)
        trail.record(post, Act.DELETED, by=by, at=at)
        post.delete()
    Post.objects.filter(proposed_by_id=person.id).exclude(proposal_note="").update(proposal_note="")


def _unpublished(person: Person) -> "QuerySet[Post]":
    proposed = Post.objects.filter(proposed_by_id=person.id, published_at=None, comments=None)
    # Their own authorship is gone by now: whoever is left is somebody else.
    return proposed.filter(status__in=[Post.Status.DRAFT, Post.Status.REVIEW], authors=None).order_by("pk")

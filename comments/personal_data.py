"""What this app holds of people: comments, what was decided about them, reports, what they follow."""

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audit.actors import By
from comments.models import Comment, Decision, Follow, Report
from comments.writing import authoring, guests
from common.personal_data import retention
from common.personal_data.registry import Deleted, Emptied, Person, Written, holds
from common.personal_data.retention import Kept
from notifications import kept

#: What stands in place of a comment's words, and of a guest's name.
ERASED: Final = "Erased."
_PLACE: Final = (
    "Where it stood, so that what others answered stays in its place: numbers, states and moments."
)


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    holds(
        Follow,
        _("Conversations that you follow"),
        lambda person: Follow.objects.filter(Q(member_id=person.id) | Q(guest_comment__in=_comments(person))),
        exported="thread__post__title created_at",
        unexported={"member guest_comment": "Numbers of rows."},
        erased=Deleted(),
    )
    holds(
        Report,
        _("Your reports of comments"),
        lambda person: Report.objects.filter(member_id=person.id),
        exported="comment__post__title reason words created_at",
        unexported={"member settled_by": "Numbers of rows."},
        erased=Emptied(
            _("That somebody reported a comment, and for which reason."),
            fields={"words": ""},
            stays={"comment member reason created_at settled_by": "Why a comment was looked at."},
        ),
    )
    holds(
        Decision,
        _("What moderators decided about your comments"),
        lambda person: Decision.objects.filter(comment__in=_comments(person)),
        exported="comment__post__title kind reason words before at undone_at",
        unexported={"by undoes": "Who decided, and which row it undoes."},
        erased=Emptied(
            _("That a comment was decided about, when and why, without words."),
            fields={"words": "", "before": {}},
            stays={"comment kind by at reason undone_at undoes": "How the team moderates can be checked."},
        ),
        written=Written(
            _("What you wrote to authors when you decided about their comments"),
            lambda person: Decision.objects.filter(by_id=person.id),
            ("kind", "reason", "words", "at", "undone_at"),
            _("It was said to somebody else, and says why the team decided so; without your name."),
        ),
    )
    holds(
        Comment,
        _("Your comments"),
        _comments,
        exported="post__title body pending_body status held_for created_at published_at edited_at "
        "is_redacted status_changed_at appealed_at appeal_text guest_name guest_email guest_language "
        "address_confirmed_at",
        unexported={"thread reply_to member submission version link_version": "Numbers of rows."},
        erased=Emptied(
            _("That a comment stood there and was withdrawn: what others answered stays in its place."),
            fields={
                "body": ERASED,
                "pending_body": "",
                "appeal_text": "",
                "guest_email": "",
                "guest_language": "",
                "address_confirmed_at": None,
            },
            by_act="guest_name status status_changed_at version",
            stays={
                "post thread reply_to member held_for is_redacted submission created_at published_at "
                "edited_at appealed_at link_version": _PLACE
            },
            act=_withdraw,
        ),
    )
    _retain()


def _retain() -> None:
    retention.keep(
        Kept(
            "guests",
            _("Email addresses of guests who commented"),
            _("To tell them what became of it. Who follows the conversation is kept while they follow."),
            period=guests.ADDRESS_RETENTION,
            forget=forget_guests,
        )
    )
    retention.keep(
        Kept(
            "taken-out",
            _("Words that a moderator took out of a comment"),
            _("So that a mistake can be undone."),
            period=guests.REDACTED_RETENTION,
        )
    )
    retention.keep(
        Kept(
            "comments",
            _("Comments, and what moderators decided about them"),
            _("They are part of a conversation. You can withdraw yours at any time."),
            until=_("until they are withdrawn, or you are erased"),
        )
    )


def forget_guests(*, at: datetime) -> int:
    """Erase addresses of guests, and words that were taken out (``comments.writing.guests``)."""
    return guests.forget(at=at)


def _comments(person: Person) -> "QuerySet[Comment]":
    return Comment.objects.filter(
        Q(member_id=person.id) | Q(person.had("guest_email", "created_at"), member=None)
    )


def _withdraw(person: Person, *, by: By, at: datetime) -> None:
    """Take all of them back by the rule; emails that quoted them are no longer kept."""
    theirs = list(_comments(person).select_related("post").order_by("pk"))
    for comment in theirs:
        authoring.withdraw(comment, by=by, at=at)
    kept.erase_about("comment", [comment.pk for comment in theirs])
    _comments(person).exclude(guest_name="").update(guest_name=ERASED)

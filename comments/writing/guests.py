"""Guests: the secret page of a comment, confirming an address, joining an account, forgetting an address.

The page works without the address, by a token that stands in the browser and in mail alone, until the team
ends it; a new one goes to the address by mail, on asking, once a day. Whether an
address belongs to an account is told by mail only. The address of a guest is kept while they follow a thread
that was ever public, having confirmed it; otherwise it is erased after 90 days, here and in the emails that
were sent to it. Words that were taken out of a comment are erased after a day, wherever a decision kept them.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from audit import trail
from audit.actors import SITE, VISITOR
from audit.acts import Act
from comments import notices, tokens
from comments.models import Comment, Decision, Follow
from comments.refusals import LinkEnded, NotPossible, NotYours
from common.personal_data.registry import NOBODY
from common.transactions import retried
from members.models import Member
from notifications import kept
from notifications.models import Message

#: How long the address of a guest is kept who does not follow the thread.
ADDRESS_RETENTION: Final = timedelta(days=90)
#: How long the words that were taken out of a comment can be brought back.
REDACTED_RETENTION: Final = timedelta(days=1)
#: What a decision keeps of a comment's words.
WORDS: Final = ("body", "pending_body")
#: What stands in a sent email in place of an address that was erased.
ERASED: Final = NOBODY
#: Emails that go to guests.
KINDS: Final = (
    *("comment-received", "comment-add-to-account", "comment-published"),
    *("comment-not-published", "comment-removed", "comment-reply", "comment-new-link"),
)
DELIVERED: Final = (Message.State.SENT, Message.State.FAILED, Message.State.SUPERSEDED)


def token_of(comment: Comment) -> str:
    """Return the secret part of the address of a guest's comment."""
    return tokens.make("status", comment.pk, comment.link_version)


def comment_of(token: str) -> Comment | None:
    """Return the guest's comment that the token stands for; ``None`` if it was made up.

    Raises ``LinkEnded``, as those below.
    """
    return _comment("status", token)


def confirmation_token_of(comment: Comment) -> str:
    """Return the secret part of the page where they confirm their address; it is only ever mailed there."""
    return tokens.make("confirm", comment.pk, comment.link_version)


def comment_to_confirm(token: str) -> Comment | None:
    """Return the comment whose address is to be confirmed; ``None`` if the token was made up."""
    return _comment("confirm", token)


def account_token_of(comment: Comment) -> str:
    """Return the secret part of the page that adds the comment to their account; it is only ever mailed."""
    return tokens.make("account", comment.pk, comment.link_version)


def comment_to_add(token: str) -> Comment | None:
    """Return the comment, a guest's or added already; ``None`` if the token was made up."""
    return _read("account", token, Comment.objects.select_related("post", "member", "thread"))


@retried
def end_link(comment: Comment, *, by: Member, at: datetime) -> Comment:
    """End the secret links of a guest's comment, also in the browser it was left from.

    Raises ``NotPossible`` for a member's comment, whose page no link opens.
    """
    locked = Comment.objects.lock(comment.pk)
    if locked.member_id is not None:
        raise NotPossible("This comment is a member's: no link opens its page.")
    locked.link_version += 1
    locked.save(update_fields=["link_version"])
    trail.record(locked, Act.LINK_ENDED, by=by, at=at)
    return locked


@retried
def ask_for_link(comment: Comment, *, at: datetime) -> bool:
    """Owe the guest a new link, to the address they left; return whether we have one. Once a day."""
    locked = Comment.objects.lock(comment.pk)
    if locked.member_id is not None or not locked.guest_email:
        return False
    if notices.new_link(locked, at):
        trail.record(locked, Act.LINK_ASKED, by=VISITOR, at=at)
    return True


@retried
def confirm_address(comment: Comment, *, at: datetime) -> Comment:
    """Record that the address is theirs. Confirming again changes nothing."""
    locked = Comment.objects.lock(comment.pk)
    if locked.address_confirmed_at is None and locked.guest_email:
        locked.address_confirmed_at = at
        locked.save(update_fields=["address_confirmed_at"])
        trail.record(locked, Act.GUEST_CONFIRMED, by=VISITOR, at=at)
    return locked


@retried
def add_to_account(comment: Comment, member: Member, *, at: datetime) -> Comment:
    """Make a guest's comment the member's whose confirmed address it was left with; they go on following.

    Adding again changes nothing. Raises ``NotYours``.
    """
    locked = Comment.objects.lock(comment.pk)
    if locked.member_id == member.pk:
        return locked
    is_hers = locked.guest_email != "" and locked.guest_email == member.email.lower()
    if locked.member_id is not None or not is_hers:
        raise NotYours
    for follow in Follow.objects.filter(guest_comment=locked):
        _follow_as_member(follow, member)
    locked.member, locked.guest_name, locked.guest_email = member, "", ""
    locked.version += 1
    locked.save(update_fields=["member", "guest_name", "guest_email", "version"])
    trail.record(locked, Act.COMMENT_CLAIMED, by=member, at=at)
    return locked


def forget(*, at: datetime) -> int:
    """Erase what is not kept any longer: addresses of guests (return how many), words that were taken out.

    Repeating it changes nothing.
    """
    old = Comment.objects.exclude(guest_email="").filter(created_at__lte=at - ADDRESS_RETENTION)
    unneeded = old.exclude(pk__in=_keeping_follows().values("guest_comment"))
    forgotten = sum(_forget_address(pk, at) for pk in list(unneeded.values_list("pk", flat=True)))
    _forget_in_emails(at)
    _forget_words(at)
    return forgotten


@retried
def _forget_address(pk: int, at: datetime) -> bool:
    locked = Comment.objects.lock(pk)
    if _keeping_follows().filter(guest_comment=locked).exists():
        return False
    Follow.objects.filter(guest_comment=locked).delete()
    locked.guest_email, locked.address_confirmed_at = "", None
    locked.save(update_fields=["guest_email", "address_confirmed_at"])
    trail.record(locked, Act.GUEST_FORGOTTEN, by=SITE, at=at)
    return True


def _keeping_follows() -> "QuerySet[Follow]":
    """Those for which an address is kept: it was confirmed, and there can be replies."""
    return Follow.objects.filter(
        guest_comment__address_confirmed_at__isnull=False, thread__published_at__isnull=False
    )


def _forget_in_emails(at: datetime) -> None:
    """Erase addresses in emails that went out: old ones, and those of guests whom no comment knows any more.

    What is still queued is erased by a later run, once it has gone out.
    """
    known = Comment.objects.filter(guest_email=OuterRef("email"))
    told = Message.objects.filter(kind__in=KINDS, member=None, state__in=DELIVERED).exclude(email=ERASED)
    unneeded = told.filter(Q(created_at__lte=at - ADDRESS_RETENTION) | ~Exists(known))
    kept.erase(unneeded)
    unneeded.update(email=ERASED)


@retried
def _forget_words(at: datetime) -> None:
    """Erase words that were taken out, in that decision and in those before it, which kept them too."""
    taken_out = Decision.objects.filter(kind=Decision.Kind.REDACT, at__lte=at - REDACTED_RETENTION)
    later = taken_out.filter(comment=OuterRef("comment"), pk__gte=OuterRef("pk"))
    for decision in Decision.objects.filter(Exists(later), before__has_key="body"):
        before = {name: value for name, value in decision.was.items() if name not in WORDS}
        Decision.objects.filter(pk=decision.pk).update(before=before)
        trail.record(decision, Act.REDACTED_FORGOTTEN, by=SITE, at=at)


def _follow_as_member(follow: Follow, member: Member) -> None:
    """Let a follow go on as the member's, so that links in emails still stop it; there is one in a thread."""
    try:
        with transaction.atomic():
            Follow.objects.filter(pk=follow.pk).update(member=member, guest_comment=None)
    except IntegrityError:  # a_member_follows_a_thread_once
        follow.delete()


def _comment(purpose: str, token: str) -> Comment | None:
    return _read(purpose, token, Comment.objects.select_related("post", "thread").filter(member=None))


def _read(purpose: str, token: str, rows: "QuerySet[Comment]") -> Comment | None:
    pk = tokens.named(token)
    comment = rows.filter(pk=pk).first() if pk is not None else None
    if comment is None or tokens.is_of(purpose, token, comment.pk, comment.link_version):
        return comment
    if any(tokens.is_of(purpose, token, comment.pk, ended) for ended in range(comment.link_version)):
        raise LinkEnded(comment)
    return None

"""Guests: the secret page of a comment, confirming an address, joining an account, forgetting an address.

The page works without the address, by a token that stands in the browser and in mail alone. Whether an
address belongs to an account is told by mail only. The address of a guest is kept while she follows the
thread, otherwise for 90 days, and then erased here and in the emails that were sent to it.
"""

from datetime import datetime, timedelta
from typing import Final

from comments import tokens
from comments.models import Comment, Decision, Follow
from comments.refusals import NotYours
from events.transactions import retried
from members.models import Member
from notifications.models import Message

#: How long the address of a guest is kept who does not follow the thread.
ADDRESS_KEPT: Final = timedelta(days=90)
#: How long the words that were taken out of a comment can be brought back.
REDACTED_KEPT: Final = timedelta(days=1)
#: What stands in a sent email in place of an address that was erased (RFC 2606 keeps the domain free).
ERASED: Final = "erased@erased.invalid"
#: Emails that go to guests.
KINDS: Final = (
    *("comment-received", "comment-add-to-account", "comment-published"),
    *("comment-not-published", "comment-removed", "comment-reply"),
)
DELIVERED: Final = (Message.State.SENT, Message.State.FAILED, Message.State.SUPERSEDED)


def token_of(comment: Comment) -> str:
    """Return the secret part of the address of a guest's comment."""
    return tokens.make("status", comment.pk)


def comment_of(token: str) -> Comment | None:
    """Return the guest's comment that the token stands for; ``None`` if it was made up."""
    return _comment("status", token)


def confirmation_token_of(comment: Comment) -> str:
    """Return the secret part of the page where she confirms her address; it is only ever mailed there."""
    return tokens.make("confirm", comment.pk)


def comment_to_confirm(token: str) -> Comment | None:
    """Return the comment whose address is to be confirmed; ``None`` if the token was made up."""
    return _comment("confirm", token)


def account_token_of(comment: Comment) -> str:
    """Return the secret part of the page that adds the comment to her account; it is only ever mailed."""
    return tokens.make("account", comment.pk)


def comment_to_add(token: str) -> Comment | None:
    """Return the comment, a guest's or added already; ``None`` if the token was made up."""
    pk = tokens.read("account", token)
    rows = Comment.objects.select_related("post", "member", "thread")
    return rows.filter(pk=pk).first() if pk else None


@retried
def confirm_address(comment: Comment, *, at: datetime) -> Comment:
    """Record that the address is hers. Confirming again changes nothing."""
    locked = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    if locked.address_confirmed_at is None and locked.guest_email:
        locked.address_confirmed_at = at
        locked.save(update_fields=["address_confirmed_at"])
    return locked


@retried
def add_to_account(comment: Comment, member: Member, *, at: datetime) -> Comment:
    """Make a guest's comment the member's whose confirmed address it was left with; she goes on following.

    Adding again changes nothing. Raises ``NotYours``.
    """
    locked = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    if locked.member_id == member.pk:
        return locked
    if locked.member_id is not None or locked.guest_email.lower() != member.email.lower():
        raise NotYours
    for follow in Follow.objects.filter(guest_comment=locked):
        Follow.objects.get_or_create(
            thread_id=follow.thread_id, member=member, defaults={"created_at": follow.created_at}
        )
        follow.delete()
    locked.member, locked.guest_name, locked.guest_email = member, "", ""
    locked.version += 1
    locked.save(update_fields=["member", "guest_name", "guest_email", "version"])
    return locked


def forget(*, at: datetime) -> int:
    """Erase what is not kept any longer: addresses of guests, words that were taken out; return how many.

    Repeating it changes nothing.
    """
    old = Comment.objects.exclude(guest_email="").filter(created_at__lte=at - ADDRESS_KEPT, guest_follow=None)
    numbers = list(old.values_list("pk", flat=True))
    for pk in numbers:
        _forget_address(pk)
    Decision.objects.filter(kind=Decision.Kind.REDACT, at__lte=at - REDACTED_KEPT).update(before={})
    return len(numbers)


@retried
def _forget_address(pk: int) -> None:
    locked = Comment.objects.select_for_update(no_key=True).get(pk=pk)
    if Follow.objects.filter(guest_comment=locked).exists():
        return
    locked.guest_email, locked.address_confirmed_at = "", None
    locked.save(update_fields=["guest_email", "address_confirmed_at"])
    told = Message.objects.filter(kind__in=KINDS, about__comment=pk, member=None)
    told.exclude(email="").filter(state__in=DELIVERED).update(email=ERASED)


def _comment(purpose: str, token: str) -> Comment | None:
    pk = tokens.read(purpose, token)
    rows = Comment.objects.select_related("post", "thread").filter(member=None)
    return rows.filter(pk=pk).first() if pk else None

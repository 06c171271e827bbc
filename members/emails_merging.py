"""The emails about two accounts that are brought together: one function each, rendered at delivery."""

from django.utils.translation import gettext_lazy

from members.emails import BY_ACCOUNT
from members.letters import compose
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter

BY_CALL = gettext_lazy("You get this email because somebody who rang us gave this address as theirs.")


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    outbox.register("merge-code", merge_code)
    outbox.register("accounts-merged", accounts_merged)


def merge_code(message: Message) -> Letter | None:
    """Mail a code that shows that the address is theirs; nobody is greeted: it may be anybody's."""
    if message.secret is None:
        return None
    context = message.secret | {"until": message.not_after, "stays": bool(message.payload.get("stays"))}
    return compose("merge-code", to=message.email, context=context, reason=BY_CALL)


def accounts_merged(message: Message) -> Letter | None:
    """Say that it is done: to whom it stays, and to the address that has ended."""
    member = message.member
    if isinstance(member, Member):
        return compose("accounts-merged", to=member, context={"is_here": True}, reason=BY_ACCOUNT)
    kept = Member.objects.filter(pk=message.payload["kept"], is_active=True).first()
    if kept is None:
        return None
    context = {"is_here": False, "stays": kept.email}
    return compose("accounts-merged", to=message.email, context=context, reason=BY_CALL)

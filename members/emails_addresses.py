"""The emails about an address that the team has corrected: one function each, rendered at delivery."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy

from members.emails import BY_ACCOUNT
from members.letters import compose
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter

BY_TEAM = gettext_lazy("You get this email because our team was given this address.")
BY_HAVING_BEEN = gettext_lazy("You get this email because we wrote to you at this address until now.")
BY_ROLE = gettext_lazy("You get this email because you look after members’ accounts.")

#: What a letter on an address that came back says: to which of both it goes, and what was done.
_SAYS = ("is_former", "is_closed", "by_team", "is_logged_out")


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    outbox.register("address-corrected", address_corrected)
    outbox.register("address-replaced", address_replaced)
    outbox.register("address-brought-back", address_brought_back)
    outbox.register("address-objected", address_objected)


def address_corrected(message: Message) -> Letter | None:
    """Say to the new address that it is one now, while it is; nobody is greeted: it may be mistyped."""
    owner = Member.objects.filter(pk=message.payload["member"], email__lower=message.email.lower()).first()
    if owner is None or not owner.is_active:
        return None
    return compose("address-corrected", to=message.email, context={}, reason=BY_TEAM)


def address_replaced(message: Message) -> Letter | None:
    """Say to the old address that it is written to no more; where it was confirmed, how to bring it back."""
    if message.had_secret and message.secret is None:
        return None
    secret = message.secret or {}
    until = datetime.fromisoformat(secret["until"]) if secret else None
    can_object = until is not None and until > timezone.now()
    context = secret | {"until": until, "can_object": can_object}
    return compose("address-replaced", to=message.email, context=context, reason=BY_HAVING_BEEN)


def address_brought_back(message: Message) -> Letter | None:
    """Say that the address of before is the account's again, to that address and to the one that was it."""
    context = {name: bool(message.payload.get(name)) for name in _SAYS}
    reason = BY_HAVING_BEEN if message.payload["is_former"] else BY_ACCOUNT
    return compose("address-brought-back", to=message.email, context=context, reason=reason)


def address_objected(message: Message) -> Letter | None:
    """Tell one of the team that somebody brought their address back, so that they look at what happened."""
    reader = message.member
    whose = Member.objects.filter(pk=message.payload["of"]).first()
    if not isinstance(reader, Member) or not (reader.is_active and reader.is_staff) or whose is None:
        return None
    context = {"whose": whose.name, "pk": whose.pk}
    context |= {name: bool(message.payload.get(name)) for name in ("is_closed", "has_role")}
    return compose("address-objected", to=reader, context=context, reason=BY_ROLE)

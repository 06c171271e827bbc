"""The first second step: who may set it up by what they have, and who is let by somebody else.

Whoever holds a mailbox logs in by code and chooses a new password, so that both proofs (factor_views) are
one. A password that was chosen within 30 days is therefore none, and with the mailbox alone somebody sets up
a first only within a week in which a superuser let them: by giving them rights, by pressing so, or by
confirming that what they had is reset. So who is new gets in, and a thief waits in the mailbox for a month.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from audit.models import Entry
from members.accounts import second_factor
from members.models import Member

#: So long a password may have come by mail.
NEW: Final = timedelta(days=30)
#: So long whoever was let can begin.
LET: Final = timedelta(days=7)
_LETS: Final = (Act.FIRST_FACTOR_LET, Act.FACTOR_RESET)


class NotLet(Exception):
    """An expected no; ``str()`` is the sentence for the reader."""


def may_begin(member: Member, *, at: datetime) -> bool:
    """Whether more than their mailbox shows who they are, or somebody has let them. One query."""
    acts = _of_late(member, at)
    if any(act in _LETS and when > at - LET for act, when in acts):
        return True
    is_new = any(act == Act.PASSWORD_SET for act, _when in acts)
    return member.has_usable_password() and not is_new


def is_waited_for(member: Member) -> bool:
    """Whether they are asked for a second step and have none. One query, where they are asked."""
    return second_factor.is_asked_of(member) and not second_factor.is_held_by(member)


def let(member: Member, *, by: Member, at: datetime) -> None:
    """Let them set up a first one with their mailbox alone, for a week. Raises ``NotLet``."""
    if not by.is_superuser:
        raise NotLet(_("Only a superuser lets somebody set up a second step."))
    if member == by:
        raise NotLet(_("You cannot do this for yourself: another of the team does."))
    if not is_waited_for(member):
        raise NotLet(_("They need nobody for it: they have a second step, or none is asked of them."))
    with transaction.atomic():
        trail.record(member, Act.FIRST_FACTOR_LET, by=by, at=at)


def _of_late(member: Member, at: datetime) -> list[tuple[str, datetime]]:
    about = Entry.objects.filter(thing=Member._meta.label_lower, thing_id=member.pk, at__gt=at - NEW)
    return list(about.filter(act__in=(Act.PASSWORD_SET, *_LETS)).values_list("act", "at"))

"""A second factor that is lost, recovery codes and all: two colleagues reset it, or the command line does.

One of the team asks, and within a day another, a superuser, confirms; the owner is neither. What they had is
gone then, they are logged out everywhere, a letter tells them, and their next visit sets up a new one. Who
asked stands in the trail, which nobody can change.
"""

from datetime import datetime, timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from audit.actors import By
from audit.acts import Act
from audit.models import Entry
from members import emails
from members.accounts import factors, limits, logged_in, second_factor
from members.models import Member

#: So long what one has asked for can be confirmed.
WITHIN: Final = timedelta(days=1)

_ENDS: Final = (Act.FACTOR_RESET, Act.FACTOR_ADDED, Act.FACTOR_REMOVED, Act.RECOVERY_CODES_MADE)


class ResetRefused(Exception):
    """An expected no; ``str()`` is the sentence for the reader."""


def pending(member: Member, *, at: datetime) -> Entry | None:
    """Return who asked for it and when, where that waits to be confirmed.

    What its owner does with the factor ends it, for they have found it; so does the end of the rights of
    whoever asked.
    """
    about = Entry.objects.filter(
        thing=Member._meta.label_lower,
        thing_id=member.pk,
        act__in=(Act.FACTOR_RESET_ASKED, *_ENDS),
        at__gt=at - WITHIN,
    )
    last = about.order_by("-pk").first()
    if last is None or last.act != Act.FACTOR_RESET_ASKED:
        return None
    asked_by = Member.objects.filter(pk=last.actor_id, is_staff=True).first()
    return last if asked_by is not None and asked_by.has_perm("members.change_member") else None


def ask(member: Member, *, by: Member, at: datetime) -> None:
    """Ask for a reset, which another confirms. Raises ``ResetRefused``."""
    _check(member, by)
    with transaction.atomic():
        _locked(member)
        if pending(member, at=at) is None:
            trail.record(member, Act.FACTOR_RESET_ASKED, by=by, at=at)
            emails.tell_of_factor(member, "asked", at=at)


def confirm(member: Member, *, by: Member, at: datetime) -> None:
    """Take the second factor away, as another has asked. Raises ``ResetRefused``."""
    _check(member, by)
    with transaction.atomic():
        _locked(member)
        asked = pending(member, at=at)
        if asked is None:
            raise ResetRefused(_("Nobody has asked for this within the last day."))
        if asked.actor_id == by.pk:
            raise ResetRefused(_("You have asked for this yourself: another of the team confirms it."))
        if not by.is_superuser:
            raise ResetRefused(_("Only a superuser confirms this."))
        reset(member, by=by, at=at)


def reset(member: Member, *, by: By, at: datetime) -> None:
    """Take the second factor away and log them out everywhere; for ``confirm`` and the command line."""
    with transaction.atomic():
        Authenticator.objects.filter(user=member).delete()
        limits.forget(factors.attempts(member))
        logged_in.end_all(member)
        trail.record(member, Act.FACTOR_RESET, by=by, at=at)
        emails.tell_of_factor(member, "reset", at=at)


def _check(member: Member, by: Member) -> None:
    if member == by:
        raise ResetRefused(_("You cannot do this for yourself: two others of the team do."))
    if not second_factor.is_held_by(member):
        raise ResetRefused(_("They have no second step: their next visit to the team’s pages sets one up."))


def _locked(member: Member) -> None:
    Member.objects.select_for_update().get(pk=member.pk)

"""What merging makes of the rows of this app, and of the libraries and the outbox below it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry

from audit.actors import By
from common.personal_data.registry import Person
from members.merging import registry
from members.merging.registry import Act, Afterwards, Line
from members.models import (
    AccountMerge,
    AddressCorrection,
    DataExport,
    EmailsAsked,
    EmailsStopped,
    Erasure,
    FormerAddress,
    ListUpload,
    LogIn,
    Member,
    TypedForm,
)
from members.privacy import export
from notifications.models import Message

HAD_NONE = "Nobody with a role in the team, or to be erased, is brought together with another."


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    registry.moves(Message, "member", "%(count)s email that was sent", "%(count)s emails that were sent")
    registry.moves(Message, "requested_by")
    registry.moves(FormerAddress, "member")
    registry.moves(Erasure, "member asked_by")
    registry.moves(AccountMerge, "asked_by")
    registry.stays(AccountMerge, "kept ended", "That it was done; the act brings it up to date.")
    registry.moves(ListUpload, "member")
    registry.moves(LogEntry, "user")
    registry.goes(AddressCorrection, "member")
    registry.goes(LogIn, "member")
    registry.goes(TypedForm, "member")
    registry.goes(EmailAddress, "user")
    registry.goes(Authenticator, "user")
    registry.stays(Member.groups.through, "member", HAD_NONE)
    registry.stays(Member.user_permissions.through, "member", HAD_NONE)
    registry.by_act("members", Act(forget_files, _nothing_to_say), (DataExport, "member"))
    registry.by_act(
        "members", Act(stop_emails, _look_at_emails), (EmailsStopped, "member"), (EmailsAsked, "member")
    )
    registry.by_act("notifications", Act(forget_codes, _nothing_to_say), (Message, "member"))


def forget_files(kept: Member, ended: Member, *, by: By, at: datetime) -> Iterable[Afterwards]:  # noqa: ARG001  # as all acts
    """Delete files with the data of the account that ends: they would be half of it."""
    export.forget_of(Person(ended.pk, ended.name))
    return ()


def stop_emails(kept: Member, ended: Member, *, by: By, at: datetime) -> Iterable[Afterwards]:  # noqa: ARG001  # as all acts
    """Write to them about nothing that they have stopped with either account, and of what they asked for."""
    both = EmailsStopped.objects.filter(member=kept).values("choice")
    EmailsStopped.objects.filter(member=ended, choice__in=both).delete()
    EmailsStopped.objects.filter(member=ended).update(member=kept)
    asked = EmailsAsked.objects.filter(member=kept).values("choice")
    EmailsAsked.objects.filter(member=ended).exclude(choice__in=asked).update(member=kept)
    EmailsAsked.objects.filter(member=ended).delete()
    return ()


def _look_at_emails(kept: Member, ended: Member) -> Iterable[Line]:  # noqa: ARG001  # as all acts
    if EmailsStopped.objects.filter(member=ended).exists():
        yield Line("Also", "Emails that they have stopped with either account stay stopped.")


def forget_codes(kept: Member, ended: Member, *, by: By, at: datetime) -> Iterable[Afterwards]:  # noqa: ARG001  # as all acts
    """Send no code to the one that was meant for the other, and nothing that the one was told as well.

    Keys name the cause, and end with whom they tell.
    """
    secret: Any = Message.objects.filter(member=ended, state=Message.State.QUEUED, had_secret=True)
    secret.delete()
    queued = Message.objects.filter(member=ended, state=Message.State.QUEUED, debounced=False)
    for one in queued:
        cause, _, _whose = one.key.rpartition(":")
        same = Message.objects.filter(kind=one.kind, member=kept, key__startswith=f"{cause}:")
        if ":" in cause and same.exists():
            one.delete()
    return ()


def _nothing_to_say(kept: Member, ended: Member) -> Iterable[Line]:  # noqa: ARG001  # as all acts
    return ()

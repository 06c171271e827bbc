"""What the tables of the libraries below hold of people: addresses, second steps, sessions, roles."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common.personal_data import registry
from common.personal_data.registry import Deleted, Person, holds, holds_nothing
from members.models import Member
from members.privacy import sessions


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    _accounts()
    _keys()


def _accounts() -> None:
    holds(
        EmailConfirmation,
        _("Confirmations of your addresses"),
        lambda person: EmailConfirmation.objects.filter(email_address__user_id=person.id),
        exported="created sent",
        unexported={"email_address key": "A number of a row, and a secret."},
        erased=Deleted(),
    )
    holds(
        EmailAddress,
        _("Your email addresses"),
        lambda person: EmailAddress.objects.filter(user_id=person.id),
        exported="email verified primary",
        unexported={"user": "You."},
        erased=Deleted(),
    )
    holds(
        Authenticator,
        _("Your second step for the team’s pages"),
        lambda person: Authenticator.objects.filter(user_id=person.id),
        exported="type created_at last_used_at",
        unexported={"user data": "You, and what opens your account."},
        erased=Deleted(),
    )
    holds(
        Session,
        _("Where you are logged in"),
        sessions.of_person,
        exported="expire_date",
        unexported={"session_key session_data": "Secrets: whoever has them is logged in."},
        erased=Deleted(is_first=True),
    )
    holds(
        LogEntry,
        _("What you did in the admin before the site kept its own record"),
        _logged,
        exported="action_time action_flag object_repr change_message content_type__model",
        unexported={"user object_id": "Numbers of rows."},
        words="object_repr change_message",
        erased=Deleted(is_first=True),
    )
    holds_nothing(Group, "name", "Roles of the team")
    holds_nothing(Permission, "name content_type codename", "What roles may do")
    holds_nothing(Group.permissions.through, "group permission", "What roles may do")
    holds_nothing(ContentType, "app_label model", "Which tables there are")


def _logged(person: Person) -> "QuerySet[LogEntry]":
    """What they did, and what was done to each thing that is theirs: its name stands there."""
    found = Q(user_id=person.id) | person.had("object_repr", "action_time")
    kinds = {
        kind.model_class(): kind for kind in ContentType.objects.filter(logentry__isnull=False).distinct()
    }
    for holding in registry.of_people():
        if holding.model in kinds and holding.rows is not None and holding.model is not LogEntry:
            ids = [str(pk) for pk in holding.rows(person).values_list("pk", flat=True)]
            found |= Q(content_type=kinds[holding.model], object_id__in=ids)
    return LogEntry.objects.filter(found)


def _keys() -> None:
    holds(
        Member.groups.through,
        _("Your roles in the team"),
        lambda person: Member.groups.through.objects.filter(member_id=person.id),
        exported="group__name",
        unexported={"member": "You."},
        erased=Deleted(),
    )
    holds(
        Member.user_permissions.through,
        _("What you alone may do"),
        lambda person: Member.user_permissions.through.objects.filter(member_id=person.id),
        exported="permission__name",
        unexported={"member": "You."},
        erased=Deleted(),
    )

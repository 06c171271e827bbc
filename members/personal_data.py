"""What this app holds of people: the account, the community's list, and what they asked for."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audit.models import Entry
from common.admin.pages import UPLOADS_KEPT
from common.personal_data import files, retention
from common.personal_data.registry import Deleted, Emptied, Person, holds, holds_nothing
from common.personal_data.retention import Kept
from common.times import SITE_ZONE
from members import objections
from members.interrupted_forms import saved_forms
from members.merging import proof
from members.models import (
    AccountMerge,
    AddressCorrection,
    Attempts,
    DataExport,
    EmailsAsked,
    EmailsStopped,
    Erasure,
    FormerAddress,
    ListedAddress,
    ListUpload,
    LogIn,
    Member,
    Page,
    Policy,
    SiteSettings,
    TypedForm,
)
from members.privacy import export, library_tables, sessions, unconfirmed

#: What somebody who was erased is called from then on.
ERASED_NAME: Final = "Erased account"


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    _typed()
    library_tables.register()
    _account()
    _site()
    _retain()


def _typed() -> None:
    holds(
        TypedForm,
        _("A form that you sent after you had been logged out"),
        lambda person: TypedForm.objects.filter(member_id=person.id),
        exported="path fields kept_at",
        unexported={"member key came_from": "You, a secret, and a page of this site."},
        erased=Deleted(),
    )
    holds(
        ListUpload,
        _("Lists of members that you uploaded and that wait"),
        lambda person: ListUpload.objects.filter(member_id=person.id),
        exported="filename answers created_at",
        unexported={"member content entries": "You, and your own file."},
        erased=Deleted(act=_forget_lists),
    )
    holds(
        ListedAddress,
        _("What the community’s list says of you"),
        _listed,
        exported="email name organisation role region created_at",
        erased=Deleted(),
    )
    holds_nothing(
        Attempts, "key count ends_at", "How often something was tried, under a digest; a day at most"
    )


def _account() -> None:
    holds(
        LogIn,
        _("With which browsers you are logged in"),
        lambda person: LogIn.objects.filter(member_id=person.id),
        exported="browser system began_at used_at",
        unexported={"member session": "You, and a secret."},
        erased=Deleted(),
    )
    holds(
        AddressCorrection,
        _("Addresses of yours that our team has replaced"),
        lambda person: AddressCorrection.objects.filter(member_id=person.id),
        exported="before corrected_at until brought_back_at refused_at",
        unexported={
            "member digest listed is_list_moved": "You, a digest of a code, and what comes back with it."
        },
        erased=Deleted(),
    )
    holds(
        FormerAddress,
        _("That you had another email address, and until when"),
        lambda person: FormerAddress.objects.filter(member_id=person.id),
        exported="left_at",
        unexported={"member digest": "You, and a digest from which nobody reads the address."},
        erased=Deleted(),
    )
    holds(
        AccountMerge,
        _("That two accounts of yours were brought together"),
        lambda person: AccountMerge.objects.filter(Q(kept_id=person.id) | Q(ended_id=person.id)),
        exported="asked_at until done_at",
        unexported={
            "kept ended asked_by": "Numbers of rows, and who of the team did it.",
            "kept_digest ended_digest wrong address_digest": "Digests from which nobody reads anything.",
        },
        erased=Deleted(),
    )
    holds(
        DataExport,
        _("Files with your data"),
        lambda person: DataExport.objects.filter(member_id=person.id),
        exported="asked_at ready_at",
        unexported={"member lease_until parts parts_done file": "You, and how it was made."},
        erased=Deleted(act=_forget_exports),
    )
    holds(
        EmailsAsked,
        _("Emails that you have asked for"),
        lambda person: EmailsAsked.objects.filter(member_id=person.id),
        exported="choice asked_at",
        unexported={"member": "You."},
        erased=Deleted(),
    )
    holds(
        EmailsStopped,
        _("Emails that you do not want"),
        lambda person: EmailsStopped.objects.filter(member_id=person.id),
        exported="choice stopped_at",
        unexported={"member": "You."},
        erased=Deleted(),
    )
    holds(
        Erasure,
        _("When you asked to be erased"),
        lambda person: Erasure.objects.filter(member_id=person.id),
        exported="asked_at due_at taken_back_at done_at refused_at refusal",
        unexported={"member asked_by": "You, and who of the team asked for you."},
        erased=Emptied(
            _("That somebody was erased, and when."),
            fields={"refusal": ""},
            stays={
                "member asked_by asked_at due_at taken_back_at done_at refused_at": "Proof that it was done."
            },
        ),
    )
    holds(
        Member,
        _("Your account"),
        lambda person: Member.objects.filter(pk=person.id),
        exported="email name organisation role region introduction pronouns time_zone language calendar "
        "membership membership_reason membership_changed_at is_vouched_for is_staff is_superuser is_active "
        "date_joined last_login changed_at",
        unexported={"password": "A digest from which nobody reads the password, nor do we."},
        erased=Emptied(
            _("An empty account with the day on which it was made: other rows point at it."),
            fields={
                "name": ERASED_NAME,
                "organisation": "",
                "role": "",
                "region": "",
                "introduction": "",
                "pronouns": "",
                "language": "",
                "time_zone": SITE_ZONE.key,
                "calendar": Member.Calendar.INVITATIONS,
                "is_vouched_for": False,
                "membership": Member.Membership.DECLINED,
                "membership_reason": "",
                "is_staff": False,
                "is_superuser": False,
                "is_active": False,
                "last_login": None,
            },
            by_act="email password",
            stays={
                "membership_changed_at date_joined changed_at": "Moments: so that members can be counted."
            },
            act=_close_account,
        ),
    )


def _site() -> None:
    holds_nothing(Policy, "slug body changed_at first_text", "The community’s rules")
    holds_nothing(Page, "title slug summary body is_shown position changed_at", "The team’s own pages")
    holds_nothing(
        SiteSettings,
        "name logo logo_alternative_text picture picture_alternative_text contact_email "
        "contact_phone contact_text sender_name sender_email team_name account_word approval_time "
        "comments_until_trusted are_all_comments_held first_host first_sequence changed_at",
        "What the community says of itself",
    )


def _retain() -> None:
    for kept in (
        Kept(
            "sessions",
            _("That you are logged in, with what kind of browser, and on which day it was last used"),
            _(
                "To know you from page to page, and to show you with which kinds of browser you are logged "
                "in. It ends with your browser, unless you ask to be kept."
            ),
            period=timedelta(seconds=settings.SESSION_COOKIE_AGE),
            forget=sessions.forget,
        ),
        Kept(
            "unconfirmed",
            _("Accounts whose email address nobody has confirmed"),
            _("Whoever made one has time to type in the code."),
            period=unconfirmed.RETENTION,
            forget=unconfirmed.forget,
        ),
        Kept(
            "corrected-addresses",
            _("The address that you had before our team corrected it"),
            _("So that you can bring it back, where it was not you who asked."),
            period=objections.OBJECT_WITHIN,
            forget=objections.forget,
        ),
        Kept(
            "account-merges",
            _("Codes that were mailed to you to bring two accounts together"),
            _("So that you can tell us them on the telephone. Nobody reads them in what we keep."),
            period=proof.GOOD_FOR,
            forget=proof.forget,
        ),
        Kept(
            "typed",
            _("What you typed into a form that you sent after you had been logged out"),
            _("So that you can send it once you are logged in."),
            period=saved_forms.RETENTION,
        ),
        Kept(
            "list-uploads",
            _("Lists of members that nobody has imported"),
            _("So that the team can look at what an import would do."),
            period=UPLOADS_KEPT,
            forget=forget_lists,
        ),
        Kept(
            "exports",
            _("A file with your data that you asked for"),
            _("So that you can fetch it."),
            period=export.RETENTION,
            forget=export.forget,
        ),
        Kept(
            "attempts",
            _("How often somebody tried to log in"),
            _("To stop who guesses passwords. Addresses are not readable in it."),
            period=timedelta(days=1),
        ),
        Kept(
            "logs",
            _("The server’s logs"),
            _("To find faults. They hold no names and no addresses."),
            until=_("as long as the server keeps them: we ask for 30 days at most"),
        ),
        Kept(
            "former-addresses",
            _("That an email address was yours: a digest, from which nobody reads it"),
            _("So that what stands under it is found when you ask for your data, or to be erased."),
            until=_("as long as you have the account; afterwards on the list of those who were erased"),
        ),
        Kept(
            "account",
            _("Your account and your profile"),
            _("To let you in and to write to you."),
            until=_("as long as you have the account"),
        ),
    ):
        retention.keep(kept)


def _listed(person: Person) -> "QuerySet[ListedAddress]":
    """What stands under an address that is theirs; under a former one, what nobody has written since.

    A row keeps its day when an import or a change of address makes it somebody else's.
    """
    found = person.has("email")
    written = Entry.objects.filter(thing=ListedAddress._meta.label_lower, thing_id=OuterRef("pk"))
    for one in person.held:
        if one.until and not Member.objects.filter(email__lower=one.address).exists():
            is_as_then = ~Exists(written.filter(at__gt=one.until))
            found |= Q(is_as_then, one.within("created_at"), email__lower=one.address)
    return ListedAddress.objects.filter(found)


def forget_lists(*, at: datetime) -> int:
    """Delete lists that nobody confirmed; return how many."""
    return ListUpload.objects.filter(created_at__lte=at - UPLOADS_KEPT).delete()[0]


def _forget_lists(person: Person, **_: Any) -> None:
    """Delete what others uploaded and may hold an address of theirs: it waits for a day at most anyway."""
    for upload in ListUpload.objects.exclude(member_id=person.id):
        words = f"{upload.entries} {upload.answers}".encode()
        theirs = person.addresses_at(upload.created_at)
        if files.may_hold(bytes(upload.content), theirs) or files.may_hold(words, theirs):
            upload.delete()


def _forget_exports(person: Person, **_: Any) -> None:
    export.forget_of(person)


def _close_account(person: Person, **_: Any) -> None:
    """Leave the account with an address that is nobody's, and without a password."""
    email, password = f"erased-{person.id}@erased.invalid", make_password(None)
    Member.objects.filter(pk=person.id).update(email=email, password=password)

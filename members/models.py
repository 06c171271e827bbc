"""The people: members and those waiting, and the community's list. What the site says of itself is beside."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common import folding
from common.names import validate_name
from common.times import SITE_ZONE, validate_time_zone
from members.models_addresses import AddressCorrection
from members.models_emails import EmailsAsked, EmailsStopped
from members.models_log_ins import LogIn
from members.models_merging import AccountMerge
from members.models_privacy import DataExport, Erasure, FormerAddress
from members.models_site import Page, Policy, SiteSettings

__all__ = [
    "AccountMerge",
    "AddressCorrection",
    "Attempts",
    "DataExport",
    "EmailsAsked",
    "EmailsStopped",
    "Erasure",
    "FormerAddress",
    "ListUpload",
    "ListedAddress",
    "LogIn",
    "Member",
    "MemberManager",
    "MemberQuerySet",
    "Page",
    "Policy",
    "SiteSettings",
    "TypedForm",
]


class MemberQuerySet(models.QuerySet["Member"]):
    """Adjectives for members."""

    def active(self) -> "MemberQuerySet":
        """Members in good standing."""
        return self.filter(membership=Member.Membership.ACTIVE)

    def waiting_for_approval(self) -> "MemberQuerySet":
        """People with an account whose membership nobody has decided yet."""
        return self.filter(membership=Member.Membership.WAITING)

    def to_be_decided(self) -> "MemberQuerySet":
        """Those about whom the team decides: they wait, and have shown that the address is theirs."""
        return self.waiting_for_approval().filter(is_active=True).with_confirmed_address()

    def with_confirmed_address(self) -> "MemberQuerySet":
        """People who have shown that their address is theirs."""
        return self.filter(emailaddress__email=Lower("email"), emailaddress__verified=True)

    def reachable(self) -> "MemberQuerySet":
        """People who may be written to: they may log in, and they or the team have said that it is theirs."""
        confirmed = self.model.objects.with_confirmed_address().filter(pk=models.OuterRef("pk"))
        return self.filter(models.Q(is_vouched_for=True) | models.Exists(confirmed), is_active=True)

    def who_may(self, right: str) -> "MemberQuerySet":
        """Who has a right, admins among them: rights count with the tick for staff only."""
        app, _, codename = right.partition(".")
        named = {"codename": codename, "content_type__app_label": app}
        by_group = models.Q(**{f"groups__permissions__{name}": value for name, value in named.items()})
        by_name = models.Q(**{f"user_permissions__{name}": value for name, value in named.items()})
        everybody = self.filter(by_group | by_name | models.Q(is_superuser=True))
        return everybody.filter(is_active=True, is_staff=True).distinct()

    def lock_open(self, pk: int) -> "MemberQuerySet":
        """Lock this account where it is open; who is being erased meanwhile is not found."""
        return self.filter(pk=pk, is_active=True).select_for_update(no_key=True)


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]  # made at run time
    """Creates accounts; email addresses are compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """Create an account that waits for approval unless ``membership`` says otherwise."""
        member: Member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """Create an admin, who is a member as well; whoever may do that vouches for the address."""
        fields |= {"is_staff": True, "is_superuser": True, "membership": Member.Membership.ACTIVE}
        member = self.create_user(email, password, **fields)
        addresses: Any = member.emailaddress_set  # type: ignore[attr-defined]  # allauth's, which is untyped
        addresses.create(email=member.email, verified=True, primary=True)
        return member

    def get_by_natural_key(self, username: str | None) -> "Member":
        """Find an account by its address, whatever its case."""
        member: Member = self.get(email__lower=(username or "").lower())
        return member


class Member(AbstractBaseUser, PermissionsMixin):
    """The user, with a membership status."""

    class Membership(models.TextChoices):
        WAITING = "waiting", _("Waiting for approval")
        ACTIVE = "active", _("Member")
        ENDED = "ended", _("Membership ended")
        DECLINED = "declined", _("Not approved")

    class Calendar(models.TextChoices):
        INVITATIONS = "invitations", _("Invitations by email")
        FEED = "feed", _("Subscribed calendar")

    class Region(models.TextChoices):
        NORTH_EAST = "north-east", _("England: North East and Yorkshire")
        NORTH_WEST = "north-west", _("England: North West")
        MIDLANDS = "midlands", _("England: Midlands")
        EAST = "east", _("England: East")
        LONDON = "london", _("England: London")
        SOUTH_EAST = "south-east", _("England: South East")
        SOUTH_WEST = "south-west", _("England: South West")
        SCOTLAND = "scotland", _("Scotland")
        WALES = "wales", _("Wales")
        NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")
        IRELAND = "ireland", _("Ireland")
        ELSEWHERE = "elsewhere", _("Somewhere else")

    email = models.EmailField("email address", max_length=254)
    name = models.CharField(_("name"), max_length=150, validators=[validate_name])
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=200, blank=True)
    region = models.CharField(_("nation or region"), max_length=20, choices=Region, blank=True)
    introduction = models.TextField("how they know the community", max_length=500, blank=True, db_default="")
    pronouns = models.CharField(_("pronouns"), max_length=50, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default=SITE_ZONE.key, validators=[validate_time_zone]
    )
    #: Of pages and emails; blank is the site's own. One that the site no longer speaks is as good as blank.
    language = models.CharField(_("language"), max_length=20, blank=True, default="", db_default="")
    calendar = models.CharField(_("calendar"), max_length=12, choices=Calendar, default=Calendar.INVITATIONS)
    is_vouched_for = models.BooleanField(
        "the team knows that the address is theirs", default=False, db_default=False, editable=False
    )
    membership = models.CharField("membership", max_length=10, choices=Membership, default=Membership.WAITING)
    membership_reason = models.TextField("reason", blank=True)
    membership_changed_at = models.DateTimeField(default=timezone.now, editable=False)
    is_staff = models.BooleanField("may use the admin", default=False)
    is_active = models.BooleanField("may log in", default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    name_folded = folding.found_by("name")
    name_keys = folding.same_as("name")
    name_looks = folding.looks_like("name")

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_per_address",
                violation_error_message="There is an account with this address already.",
            ),
        ]
        indexes = [
            GinIndex(fields=["name_folded"], opclasses=["gin_trgm_ops"], name="member_name_folded"),
            GinIndex(OpClass(Upper("email"), "gin_trgm_ops"), name="member_email_parts"),
            GinIndex(
                OpClass(folding.NameFolded("organisation"), "gin_trgm_ops"), name="member_organisation_parts"
            ),
            GinIndex(fields=["name_keys"], name="member_name_keys"),
            GinIndex(fields=["name_looks"], name="member_name_looks"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        """Return what the admin greets them by."""
        return self.name

    #: Of whoever asks in a session in which the second step was not given: there they are a member like any
    #: other (members/accounts/second_factor.py).
    has_to_give_second_step = False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether roles and permissions let them do it, here and now.

        They count only with the tick for staff, and on a page only once the second step was given.
        """
        return not self.has_to_give_second_step and self.has_perm_with_second_step(perm, obj)

    def has_perm_with_second_step(self, perm: str, obj: Any = None) -> bool:
        """Whether roles and permissions let them do it where they have given the second step."""
        return self.is_staff and super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether they may do anything in an app; see ``has_perm``."""
        return self.is_staff and not self.has_to_give_second_step and super().has_module_perms(app_label)

    @property
    def is_member(self) -> bool:
        """Whether the membership is active."""
        return self.membership == self.Membership.ACTIVE


class ListedAddress(models.Model):
    """An address on the community's list: whoever confirms it is a member at once."""

    email = models.EmailField("email address", max_length=254)
    name = models.CharField("name", max_length=150, blank=True)
    organisation = models.CharField("organisation", max_length=200, blank=True)
    role = models.CharField("role", max_length=200, blank=True)
    region = models.CharField("nation or region", max_length=20, choices=Member.Region, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    name_folded = folding.found_by("name")

    class Meta:
        verbose_name = "address on the community’s list"
        verbose_name_plural = "addresses on the community’s list"
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="each_address_is_listed_once"),
        ]
        indexes = [
            GinIndex(fields=["name_folded"], opclasses=["gin_trgm_ops"], name="listed_name_folded"),
        ]

    def __str__(self) -> str:
        return self.email


class ListUpload(models.Model):
    """A list that somebody uploaded, kept with their answers until it is imported."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="list_uploads")
    filename = models.CharField("file", max_length=200)
    content = models.BinaryField(default=b"", db_default=b"")
    #: What the file leaves open, and how it was answered.
    answers = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    #: What releases before kept in place of the file.
    entries = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename


class Attempts(models.Model):
    """How often something was tried lately (``accounts.limits``); the key is an HMAC of what, and whose."""

    key = models.CharField(max_length=40, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at}"


class TypedForm(models.Model):
    """What somebody typed into a form that met the log-in, kept for half an hour (``interrupted_forms``)."""

    key = models.CharField(max_length=64, unique=True)
    #: Whose page the form stood on; nobody's where it was a visitor's.
    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="+")
    #: The addresses where the form may stand: the one it was sent to, and the one it was sent from.
    path = models.CharField(max_length=500)
    came_from = models.CharField(max_length=500, blank=True)
    #: Name → answers, as a browser sends them.
    fields = models.JSONField()
    kept_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.path

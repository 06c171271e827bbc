"""What people report, who reads it, and what was written about it; and who was taken out of an event."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from concerns.models_removal import Removal
from events.models import Event, Session

__all__ = [
    "ANSWER_DAYS",
    "MOST_ANSWER_DAYS",
    "Concern",
    "ConcernQuerySet",
    "Desk",
    "Reader",
    "Recipient",
    "Remark",
    "Removal",
]

#: How much of a digest names a concern.
ADDRESS_CHARS: Final = 20
#: Working days until an answer is promised, unless the team says another number.
ANSWER_DAYS: Final = 2
MOST_ANSWER_DAYS: Final = 10


class Desk(models.Model):
    """How concerns of one event are taken: what to do in danger, and how soon there is an answer."""

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.CASCADE, related_name="+")
    #: Blank: what the page says by itself.
    in_danger = models.TextField("what to do in danger", blank=True)
    answer_days = models.PositiveSmallIntegerField(
        "working days until the answer", default=ANSWER_DAYS, db_default=ANSWER_DAYS
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_days__gte=1, answer_days__lte=MOST_ANSWER_DAYS),
                name="a_concern_is_answered_within_two_weeks",
            ),
        ]

    def __str__(self) -> str:
        return f"Desk of event {self.event_id}"


class Reader(models.Model):
    """One of the people who read what is reported at an event, named on its page."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="concern_readers")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "member"], name="a_reader_is_named_once_for_an_event"),
        ]

    def __str__(self) -> str:
        return f"Reader {self.member_id} of event {self.event_id}"


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Adjectives for concerns."""

    def open(self) -> "ConcernQuerySet":
        """Those with which somebody has still to do something."""
        return self.filter(status__in=(Concern.Status.NEW, Concern.Status.READ))

    def late(self, at: datetime) -> "ConcernQuerySet":
        """Open ones whose answer was promised before now."""
        return self.open().filter(answer_by__lt=at)

    def read_by(self, member_id: int) -> "ConcernQuerySet":
        """Those that somebody may read: they were named on the page when it was sent, and not left out."""
        theirs = Recipient.objects.filter(member=member_id, is_left_out=False)
        return self.filter(pk__in=theirs.values("concern"))


class Concern(models.Model):
    """What somebody told the team about a session or a person.

    Without a name it holds nothing of who they are, and its moments are whole hours. Whoever reports is known
    as ``reporter`` and never as ``member``, so that no entry of the trail names them.
    """

    class Status(models.TextChoices):
        NEW = "new", "New"
        READ = "read", "Read"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    class Wants(models.TextChoices):
        CODE = "code", gettext_lazy("Yes: I read the answer here, with a code")
        EMAIL = "email", gettext_lazy("Yes: email me that there is an answer")
        REACH = "reach", gettext_lazy("Yes: ring me or write to me, as I say below")
        NOTHING = "nothing", gettext_lazy("No")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    about_whom = models.CharField("about whom", max_length=300, blank=True)
    what = models.TextField("what happened")
    would_help = models.TextField("what would help", blank=True)
    wants = models.CharField("wants an answer", max_length=7, choices=Wants)
    reach = models.CharField("how to reach them", max_length=300, blank=True)
    status = models.CharField("state", max_length=8, choices=Status, default=Status.NEW)
    #: Filled in by a program, as far as can be told: nobody is emailed, and nothing is thrown away.
    is_suspected = models.BooleanField("looks like spam", default=False, db_default=False)
    #: Digests under the site's key of the code, and of the form that it was sent with.
    code_digest = models.CharField(max_length=64, unique=True)
    form_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("reported")
    answer_by = models.DateTimeField("answer promised by", null=True)
    changed_at = models.DateTimeField("last changed")
    #: Raised by every write: a reader answers what was on their screen.
    version = models.PositiveIntegerField(default=1)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reporter__isnull=False) | ~Q(wants="email"),
                name="who_is_not_known_is_not_emailed",
            ),
            models.CheckConstraint(
                condition=Q(wants="nothing", answer_by__isnull=True)
                | (Q(answer_by__isnull=False) & ~Q(wants="nothing")),
                name="who_wants_an_answer_is_promised_a_day",
            ),
        ]
        indexes = [models.Index(fields=["changed_at"], name="concern_by_age")]

    def __str__(self) -> str:
        return f"Concern {self.pk}"

    @property
    def address(self) -> str:
        """What it is called in the team's addresses: a number would tell readers of one kept from them."""
        return self.form_digest[:ADDRESS_CHARS]

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its times are shown: the event's."""
        return self.event.zone

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to do something."""
        return self.status in (self.Status.NEW, self.Status.READ)

    def is_late(self, at: datetime) -> bool:
        """Whether its answer was promised before now."""
        return self.is_open and self.answer_by is not None and self.answer_by < at


class Recipient(models.Model):
    """One of those who were named on the page when it was sent: who reads it, or was left out for ever."""

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="recipients")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_left_out = models.BooleanField(default=False, db_default=False)

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["concern", "member"], name="one_recipient_a_concern_and_member"),
        ]

    def __str__(self) -> str:
        return f"Recipient {self.member_id} of concern {self.concern_id}"


class Remark(models.Model):
    """What was written about a concern after it: more by whoever reported, an answer, a note of a reader."""

    class Kind(models.TextChoices):
        MORE = "more", "More from whoever reported it"
        ANSWER = "answer", "Answer"
        NOTE = "note", "Note for readers"

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=6, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField("words")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="more", by__isnull=True) | (~Q(kind="more") & Q(by__isnull=False)),
                name="who_reports_is_named_by_no_remark",
            ),
        ]

    def __str__(self) -> str:
        return f"Remark {self.pk} about concern {self.concern_id}"

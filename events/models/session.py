"""Session, and the people who host it or speak in it."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy

from common import folding
from common.times import offset_minutes
from events import search_words
from events.models.event import Event, Theme
from events.models.fields import HttpsURLField


class Contributor(models.Model):
    """A host or speaker; has an email address, member or not."""

    name = models.CharField("name", max_length=150)
    email = models.EmailField("email address", max_length=254, blank=True, help_text="Never shown publicly.")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    organisation = models.CharField("organisation", max_length=200, blank=True)
    role = models.CharField("role", max_length=200, blank=True)
    biography = models.TextField("about", blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    name_folded = folding.found_by("name")
    name_keys = folding.same_as("name")

    class Meta:
        verbose_name = "host or speaker"
        verbose_name_plural = "hosts and speakers"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="one_contributor_per_address",
                violation_error_message="There is a contributor with this address already.",
            ),
        ]
        indexes = [
            GinIndex(fields=["name_folded"], opclasses=["gin_trgm_ops"], name="contributor_name_folded"),
            GinIndex(fields=["name_keys"], name="contributor_name_keys"),
        ]

    def __str__(self) -> str:
        return self.name


class SessionQuerySet(models.QuerySet["Session"]):
    """Adjectives for sessions."""

    def public(self) -> "SessionQuerySet":
        """Sessions that everybody may see: all but drafts (a cancelled one says that it is)."""
        return self.exclude(status=Session.Status.DRAFT)

    def published(self) -> "SessionQuerySet":
        """Sessions that take place."""
        return self.filter(status=Session.Status.PUBLISHED)

    def live(self) -> "SessionQuerySet":
        """Sessions at a time."""
        return self.filter(starts_at__isnull=False)

    def in_order(self) -> "SessionQuerySet":
        """By time, then as the programme lists them; on-demand sessions last."""
        return self.order_by(F("starts_at").asc(nulls_last=True), "ends_at", "room", "title", "id")


#: A link to a video stands in the record only of what is watched at any time.
FILM_OR_TIME: Final = (
    "A session with a time has no video or transcript in its record. Take both out here; add recordings on "
    "the team’s page of the session."
)


class Session(models.Model):
    """One item of the programme: live at a time, or on demand."""

    class Format(models.TextChoices):
        PLENARY = "plenary", gettext_lazy("Plenary")
        TALK = "talk", gettext_lazy("Talk")
        WORKSHOP = "workshop", gettext_lazy("Workshop")
        PANEL = "panel", gettext_lazy("Panel (fishbowl)")
        MARKETPLACE = "marketplace", gettext_lazy("Marketplace")
        NETWORKING = "networking", gettext_lazy("Networking")
        ON_DEMAND = "on-demand", gettext_lazy("On demand")

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        CANCELLED = "cancelled", "Cancelled"

    #: Formats that people book; the others are open to all who are registered.
    BOOKED_FORMATS = (Format.TALK, Format.WORKSHOP, Format.PANEL)

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sessions")
    title = models.CharField("title", max_length=250)
    slug = models.SlugField("address", max_length=120, allow_unicode=True)
    external_id = models.CharField("id in your spreadsheet", max_length=80, blank=True)
    format = models.CharField("format", max_length=12, choices=Format, default=Format.WORKSHOP)
    themes = models.ManyToManyField(Theme, blank=True, related_name="sessions")
    contributors = models.ManyToManyField(
        Contributor, through="SessionContributor", blank=True, related_name="sessions"
    )
    starts_at = models.DateTimeField("starts", null=True, blank=True)
    ends_at = models.DateTimeField("ends", null=True, blank=True)
    #: Minutes from UTC that were meant, whatever becomes of the zone's rules; not known of older sessions.
    starts_offset = models.SmallIntegerField(null=True, editable=False)
    ends_offset = models.SmallIntegerField(null=True, editable=False)
    room = models.CharField("room", max_length=120, blank=True)
    summary = models.CharField("summary", max_length=400, blank=True)
    description = models.TextField("description", blank=True)
    join_url = HttpsURLField("link to join", max_length=500, blank=True)
    meeting_number = models.CharField("meeting number", max_length=60, blank=True)
    passcode = models.CharField("passcode", max_length=60, blank=True)
    dial_in = models.CharField("telephone dial-in", max_length=200, blank=True)
    #: Of a session without a time, which is itself to be watched. What is recorded of others is a
    #: ``recordings.Recording``, shown once its hosts agree and the team has read what is said.
    recording_url = HttpsURLField("link to the video", max_length=500, blank=True)
    transcript = models.TextField("transcript", blank=True)
    is_recorded = models.BooleanField("recorded", default=False)
    has_captions = models.BooleanField("live captions", default=False)
    has_sign_language = models.BooleanField("sign language (BSL) interpreter", default=False)
    supported_by = models.CharField(
        "who captions or interprets",
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="The agency or the person, once booked. Only the team sees it.",
    )
    has_slides_ahead = models.BooleanField("slides before the session", default=False, db_default=False)
    is_camera_optional = models.BooleanField("camera and microphone optional", default=False)
    is_step_free = models.BooleanField("step-free room", default=False)
    ground_rules = models.TextField("ground rules", blank=True)
    content_note = models.CharField("content note", max_length=300, blank=True)
    support_after = models.TextField(
        "support afterwards, and a pause",
        blank=True,
        default="",
        db_default="",
        help_text="After a hard session: who listens, and where to be quiet. It stands on the session’s page "
        "from its end until the end of that day.",
    )
    notes_attendance = models.BooleanField(
        "note who was there",
        default=True,
        db_default=True,
        help_text="Whoever presses Join is noted: they and the team see it. Turn it off where being there is "
        "nobody’s business.",
    )
    booking_opens_at = models.DateTimeField(
        "booking opens", null=True, blank=True, help_text="Only where it differs from the event's."
    )
    booking_closes_at = models.DateTimeField(
        "booking closes", null=True, blank=True, help_text="Only where it differs from the event's."
    )
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    #: Read by those who come, in their email and on its page.
    cancelled_because = models.CharField(
        max_length=500, blank=True, default="", db_default="", editable=False
    )
    sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="Raised by every change that those who come must be told."
    )
    changed_at = models.DateTimeField(auto_now=True)
    #: What everybody may find it by.
    search = search_words.searched("title", "summary", "description")

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "slug"], name="one_session_per_address"),
            models.UniqueConstraint(
                fields=["event", "external_id"],
                condition=~Q(external_id=""),
                name="one_session_per_spreadsheet_id",
                violation_error_message="Another session of this event has this id.",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
                name="a_session_ends_after_it_starts",
                violation_error_message="A session needs a start and a later end, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(recording_url="", transcript=""),
                name="what_has_a_time_is_no_film",
                violation_error_message=FILM_OR_TIME,
            ),
            models.CheckConstraint(
                condition=Q(booking_closes_at__gt=F("booking_opens_at")),
                name="booking_of_a_session_closes_after_it_opens",
                violation_error_message="Booking closes before it opens.",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "starts_at"], name="session_programme"),
            GinIndex(fields=["search"], name="session_search", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The session's page."""
        return reverse("events:session", args=[self.event.slug, self.slug])

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its times are shown: the event's."""
        return self.event.zone

    def note_offsets(self) -> None:
        """Note how far the event's clocks are from UTC at start and end, by the rules of today."""
        zone = self.event.time_zone
        self.starts_offset = None if self.starts_at is None else offset_minutes(zone, self.starts_at)
        self.ends_offset = None if self.ends_at is None else offset_minutes(zone, self.ends_at)

    @property
    def is_live(self) -> bool:
        """Whether it has a time."""
        return self.starts_at is not None

    @property
    def has_film(self) -> bool:
        """Whether it is itself to be watched or read, as what has no time is."""
        return bool(self.recording_url or self.transcript)

    @property
    def is_published(self) -> bool:
        """Whether it takes place."""
        return self.status == self.Status.PUBLISHED

    def has_started(self, at: datetime) -> bool:
        """Whether its first minute has come."""
        return self.starts_at is not None and at >= self.starts_at

    def has_ended(self, at: datetime) -> bool:
        """Whether its last minute is over."""
        return self.ends_at is not None and at >= self.ends_at

    def offers_support(self, at: datetime) -> bool:
        """Whether it is over and says who listens: until the end of its day, in the event's zone."""
        if not self.support_after or self.ends_at is None or at < self.ends_at:
            return False
        return at.astimezone(self.zone).date() == self.ends_at.astimezone(self.zone).date()

    def booking_has_opened(self, at: datetime) -> bool:
        """Whether booking has opened, by its own moment or the event's."""
        if self.booking_opens_at is not None:
            return at >= self.booking_opens_at
        return self.event.booking_has_opened(at)

    def booking_has_closed(self, at: datetime) -> bool:
        """Whether booking is over: by its own moment, the event's, or because it has started."""
        closes_at = self.booking_closes_at or self.event.booking_closes_at
        return self.has_started(at) or (closes_at is not None and at >= closes_at)

    def booking_is_open(self, at: datetime) -> bool:
        """Whether one can book it at this very second."""
        return (
            self.is_published
            and self.event.is_published
            and self.booking_has_opened(at)
            and not self.booking_has_closed(at)
        )


class SessionContributor(models.Model):
    """Who does what in a session."""

    class Part(models.TextChoices):
        HOST = "host", gettext_lazy("Host")
        SPEAKER = "speaker", gettext_lazy("Speaker")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="session_contributors")
    contributor = models.ForeignKey(
        Contributor, on_delete=models.PROTECT, related_name="session_contributors"
    )
    part = models.CharField("part", max_length=8, choices=Part, default=Part.HOST)
    position = models.PositiveSmallIntegerField("position", default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "contributor"], name="a_contributor_stands_once_in_a_session"
            ),
        ]

    def __str__(self) -> str:
        return self.contributor.name

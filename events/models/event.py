"""Event, its places and its themes."""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from common.times import SITE_ZONE, validate_time_zone
from events import search_words
from events.models.fields import HttpsURLField
from events.places import Places

#: Where the team says no other day, hosts change words until so long before the first day.
HOST_WORDS_BEFORE: Final = timedelta(days=7)


class EventQuerySet(models.QuerySet["Event"]):
    """Adjectives for events."""

    def public(self) -> "EventQuerySet":
        """Events that everybody may see: all but drafts."""
        return self.exclude(status=Event.Status.DRAFT)

    def held(self, today: date) -> "EventQuerySet":
        """Events that took place and are over on ``today``, the last one first."""
        took_place = self.filter(status__in=[Event.Status.PUBLISHED, Event.Status.ARCHIVED])
        return took_place.filter(last_day__lt=today).order_by("-last_day", "-pk")

    def upcoming(self, today: date) -> "EventQuerySet":
        """Published events that are not over on ``today``, the next one first."""
        return self.filter(status=Event.Status.PUBLISHED, last_day__gte=today).order_by("first_day")


class Event(models.Model):
    """One edition of the community's event, such as 2026."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        CANCELLED = "cancelled", "Cancelled"
        ARCHIVED = "archived", "Archived"

    class Place(models.TextChoices):
        ONLINE = "online", gettext_lazy("Online")
        IN_PERSON = "in-person", gettext_lazy("In person")
        BOTH = "both", gettext_lazy("Online and in person")

    class Audience(models.TextChoices):
        MEMBERS = "members", gettext_lazy("Members")
        EVERYONE = "everyone", gettext_lazy("Everyone with an account")

    slug = models.SlugField(
        "address", max_length=60, unique=True, help_text="For example 2026. It stays for ever."
    )
    title = models.CharField("title", max_length=150)
    summary = models.CharField("summary", max_length=300, blank=True)
    description = models.TextField("description", blank=True)
    first_day = models.DateField("first day")
    last_day = models.DateField("last day")
    time_zone = models.CharField(
        "time zone", max_length=64, default=SITE_ZONE.key, validators=[validate_time_zone]
    )
    place = models.CharField("online or in person", max_length=10, choices=Place, default=Place.ONLINE)
    venue = models.TextField("venue and how to get there", blank=True)
    audience = models.CharField("who may register", max_length=10, choices=Audience, default=Audience.MEMBERS)
    registration_opens_at = models.DateTimeField("registration opens", null=True, blank=True)
    registration_closes_at = models.DateTimeField("registration closes", null=True, blank=True)
    booking_opens_at = models.DateTimeField("booking opens", null=True, blank=True)
    booking_closes_at = models.DateTimeField("booking closes", null=True, blank=True)
    ask_needs_by = models.DateField(
        "ask for captioners and interpreters by",
        null=True,
        blank=True,
        help_text="They have to be hired. Whoever asks later is told that it may be too late.",
    )
    host_words_until = models.DateField(
        "hosts change the words of their sessions until",
        null=True,
        blank=True,
        help_text="The end of that day. Blank: seven days before the first day. You see each change first.",
    )
    test_url = HttpsURLField(
        "where people try the meeting service",
        max_length=500,
        blank=True,
        default="",
        db_default="",
        help_text="Its test page, such as https://zoom.us/test. “Check that you can join” leads there.",
    )
    joining_advice = models.TextField(
        "what people need to join",
        blank=True,
        default="",
        db_default="",
        help_text="Stands on “Check that you can join” above what the page says by itself.",
    )
    code_of_conduct = models.TextField("code of conduct", blank=True)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    #: Of a cancelled one: whether it takes place on other days, and why, as people read it.
    is_postponed = models.BooleanField(default=False, db_default=False, editable=False)
    called_off_because = models.CharField(
        max_length=500, blank=True, default="", db_default="", editable=False
    )
    version = models.PositiveBigIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    search = search_words.searched("title", "summary", "description")

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="an_event_ends_after_it_starts",
                violation_error_message="The last day is before the first day.",
            ),
            models.CheckConstraint(
                condition=Q(registration_closes_at__gt=F("registration_opens_at")),
                name="registration_closes_after_it_opens",
                violation_error_message="Registration closes before it opens.",
            ),
            models.CheckConstraint(
                condition=Q(booking_closes_at__gt=F("booking_opens_at")),
                name="booking_closes_after_it_opens",
                violation_error_message="Booking closes before it opens.",
            ),
            models.CheckConstraint(
                condition=Q(ask_needs_by__lte=F("first_day")),
                name="needs_are_asked_for_before_the_event",
                violation_error_message="The day to ask for captioners is after the first day.",
            ),
            models.CheckConstraint(
                condition=Q(host_words_until__lte=F("last_day")),
                name="hosts_change_words_before_the_event_is_over",
                violation_error_message="The day until which hosts change words is after the last day.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The event's page."""
        return reverse("events:event", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the event's times are shown."""
        return ZoneInfo(self.time_zone)

    @property
    def host_words_last_day(self) -> date:
        """The last day on which hosts change the words of their sessions."""
        return self.host_words_until or self.first_day - HOST_WORDS_BEFORE

    @property
    def is_published(self) -> bool:
        """Whether the event takes place and everybody may see it."""
        return self.status == self.Status.PUBLISHED

    @property
    def is_archived(self) -> bool:
        """Whether the team put it away."""
        return self.status == self.Status.ARCHIVED

    def is_over(self, at: datetime) -> bool:
        """Whether the last day has ended, in the event's zone."""
        return at.astimezone(self.zone).date() > self.last_day

    def is_past(self, at: datetime) -> bool:
        """Whether there is nothing left to join: it is over, or the team put it away."""
        return self.is_archived or self.is_over(at)

    def registration_has_opened(self, at: datetime) -> bool:
        """Whether the opening moment has come (no moment: open from publication)."""
        return self.registration_opens_at is None or at >= self.registration_opens_at

    def registration_is_open(self, at: datetime) -> bool:
        """Whether one can register at this very second."""
        closed = self.registration_closes_at is not None and at >= self.registration_closes_at
        return self.is_published and self.registration_has_opened(at) and not closed and not self.is_over(at)

    def booking_has_opened(self, at: datetime) -> bool:
        """Whether the opening moment of booking has come (no moment: open with registration)."""
        return self.booking_opens_at is None or at >= self.booking_opens_at

    def booking_is_open(self, at: datetime) -> bool:
        """Whether one can book at this very second."""
        closed = self.booking_closes_at is not None and at >= self.booking_closes_at
        return self.is_published and self.booking_has_opened(at) and not closed and not self.is_over(at)


class EventPlaces(Places):
    """The event's places: a row of its own, so that the event itself is never hot."""

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.CASCADE, related_name="places")

    class Meta(Places.Meta):
        abstract = False
        verbose_name = verbose_name_plural = "places of the event"

    def __str__(self) -> str:
        return f"Places of {self.event_id}"


class Theme(models.Model):
    """A stream of the event, with a page of its own."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField("title", max_length=120)
    slug = models.SlugField("address", max_length=120, allow_unicode=True)
    summary = models.CharField("summary", max_length=300, blank=True)
    description = models.TextField("description", blank=True)
    colour = models.CharField(
        "colour",
        max_length=7,
        default="#5a2a8c",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", "Enter a colour such as #5a2a8c.")],
        help_text="Shown beside the name, never instead of it.",
    )
    position = models.PositiveSmallIntegerField("position", default=0)
    changed_at = models.DateTimeField(auto_now=True)
    search = search_words.searched("title", "summary", "description")

    class Meta:
        ordering = ["position", "title"]
        constraints = [
            models.UniqueConstraint(fields=["event", "slug"], name="one_theme_per_address"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The theme's page."""
        return reverse("events:theme", args=[self.event.slug, self.slug])

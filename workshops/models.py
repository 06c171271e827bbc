"""Workshop (the bookable side of a session) and Booking."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Count, Deferrable, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy

from common.times import format_moment
from events.models import Event, Registration, Session
from events.places import Places

#: The constraint that keeps a member from two sessions at once; rules recognise its refusal by this name.
NO_OVERLAP = "no_two_booked_sessions_of_a_member_overlap"


class Workshop(Places):
    """Places of a live session. A live session without one is open to all who are registered."""

    session = models.OneToOneField(
        Session, primary_key=True, on_delete=models.CASCADE, related_name="workshop"
    )
    during = DateTimeRangeField("time of the session", editable=False)
    is_open = models.BooleanField(
        "takes bookings", default=True, editable=False, help_text="Off while the session does not take place."
    )

    class Meta(Places.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"Places of session {self.session_id}"


class BookingQuerySet(models.QuerySet["Booking"]):
    """Adjectives for bookings."""

    def live(self) -> "BookingQuerySet":
        """All but cancelled ones."""
        return self.exclude(status=Booking.Status.CANCELLED)

    def booked(self) -> "BookingQuerySet":
        """Those that are somebody's for certain."""
        return self.filter(status=Booking.Status.BOOKED)

    def with_place(self) -> "BookingQuerySet":
        """Those that keep somebody busy: booked, or to be decided between them and what is booked."""
        return self.filter(status__in=Booking.PLACED)

    def waiting(self) -> "BookingQuerySet":
        """Those in line, the first ticket first."""
        return self.filter(status=Booking.Status.WAITING).order_by("ticket")

    def with_ahead(self) -> "BookingQuerySet":
        """With ``ahead``: how many wait for the same session with an earlier ticket, ``None`` for nobody."""
        line = Booking.objects.filter(session_id=OuterRef("session_id"), status=Booking.Status.WAITING)
        earlier = line.filter(ticket__lt=OuterRef("ticket")).order_by().values("session_id")
        return self.annotate(ahead=Subquery(earlier.annotate(number=Count("pk")).values("number")))

    def to_come(self, at: datetime) -> "BookingQuerySet":
        """Of sessions that have not started."""
        return self.filter(during__startswith__gt=at)


class Booking(models.Model):
    """One registration in one session: chosen, booked, to decide, in line, offered, passed or cancelled."""

    class Status(models.TextChoices):
        CHOSEN = "chosen", gettext_lazy("Chosen")
        BOOKED = "booked", gettext_lazy("Booked")
        WAITING = "waiting", gettext_lazy("On the waiting list")
        OFFERED = "offered", gettext_lazy("Place offered")
        CONTESTED = "contested", gettext_lazy("To decide")
        PASSED = "passed", gettext_lazy("Offer passed")
        CANCELLED = "cancelled", gettext_lazy("Cancelled")

    class Ended(models.TextChoices):
        BY_MEMBER = "member", "Given up"
        BY_STAFF = "staff", "By the team"
        SWAPPED = "swapped", "Swapped for another session"
        SESSION = "session", "Session cancelled"
        REGISTRATION = "registration", "Registration cancelled"
        UNDECIDED = "undecided", "Overlapped another session, and nobody decided in time"
        MERGED = "merged", "They have it with another account"

    #: Statuses in which a place is somebody's: for certain, or until it is decided which of two they keep.
    PLACED = (Status.BOOKED, Status.CONTESTED)
    #: Statuses that hold one of the workshop's places.
    HOLDING = (*PLACED, Status.OFFERED)

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="bookings")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bookings")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings")
    status = models.CharField("status", max_length=10, choices=Status)
    ticket = models.BigIntegerField(null=True, blank=True)
    during = DateTimeRangeField("time of the session")
    expires_at = models.DateTimeField("held until", null=True, blank=True)
    ended = models.CharField("why it ended", max_length=12, choices=Ended, blank=True)
    first_position = models.IntegerField("position when they joined the line", null=True, blank=True)
    joined_line_at = models.DateTimeField("when they joined the line", null=True, blank=True, editable=False)
    is_promised = models.BooleanField("booked once they may", default=False, db_default=False)
    created_at = models.DateTimeField("made")
    status_changed_at = models.DateTimeField("last changed")

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "session"],
                condition=~Q(status="cancelled"),
                name="one_live_booking_per_registration_and_session",
            ),
            ExclusionConstraint(
                name=NO_OVERLAP,
                expressions=[("member", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(status="booked"),
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=Q(status__in=["offered", "contested"], expires_at__isnull=False)
                | (~Q(status__in=["offered", "contested"]) & Q(expires_at__isnull=True)),
                name="what_is_held_until_a_moment_and_only_that_has_a_deadline",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["chosen", "cancelled"]) | Q(ticket__isnull=False),
                name="a_booking_with_an_order_has_a_ticket",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled") | Q(ended=""),
                name="only_a_cancelled_booking_has_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["session", "ticket"], condition=Q(status="waiting"), name="booking_line"),
            models.Index(fields=["expires_at"], condition=Q(status="offered"), name="booking_offers"),
            models.Index(fields=["expires_at"], condition=Q(status="contested"), name="booking_undecided"),
            models.Index(fields=["registration"], condition=Q(is_promised=True), name="booking_promised"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.session}"

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its times are shown: the event's."""
        return self.session.zone


class Cancellation(models.Model):
    """That a session was cancelled, and until then nobody is told: what was everybody's meanwhile."""

    session = models.OneToOneField(
        Session, primary_key=True, on_delete=models.CASCADE, related_name="cancellation"
    )
    at = models.DateTimeField("cancelled")
    #: When the emails go: at once, or once it can no longer be brought back.
    told_at = models.DateTimeField("told from")
    #: The session's own, which its emails name: what was changed since is another session.
    sequence = models.PositiveIntegerField()
    #: Of each booking that it ended: its id, status, deadline and moment of its last change.
    bookings = models.JSONField(default=list)
    #: When what follows was done, and the bookings were forgotten.
    settled_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(bookings=[]),
                name="a_settled_cancellation_remembers_no_bookings",
            ),
        ]
        indexes = [
            models.Index(
                fields=["told_at"], condition=Q(settled_at__isnull=True), name="cancellation_to_settle"
            ),
        ]

    def __str__(self) -> str:
        return f"Cancellation of session {self.session_id}"

    @property
    def can_be_undone(self) -> bool:
        """Whether it waits at all before anybody is told."""
        return self.told_at > self.at


class PlaceOverride(models.Model):
    """A recorded departure from first come, first served."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="overrides")
    reason = models.CharField("reason", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("when")
    ticket_before = models.BigIntegerField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Override {self.pk} of booking {self.booking_id}"


class CalendarFeed(models.Model):
    """A member's calendar to subscribe to; ``workshops.letters.calendar_feed`` makes its address.

    The address is computed from ``nonce`` with the site's secret key, and found again by ``digest``:
    neither gives it away to somebody who reads the database.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    nonce = models.CharField(max_length=43)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("address made")

    def __str__(self) -> str:
        return f"Calendar of member {self.member_id}"


class AgendaTold(models.Model):
    """Their agenda as it was last told by email: what is different now is what a letter has to say."""

    registration = models.OneToOneField(
        Registration, primary_key=True, on_delete=models.CASCADE, related_name="agenda_told"
    )
    items = models.JSONField(default=dict, help_text="By session id: what it was to them, when and where.")
    told_at = models.DateTimeField("told")

    class Meta:
        verbose_name_plural = "agendas told"

    def __str__(self) -> str:
        return f"Agenda told to registration {self.registration_id}"


class OpeningTold(models.Model):
    """That everybody who was registered has been told that booking is open."""

    event = models.OneToOneField(
        Event, primary_key=True, on_delete=models.CASCADE, related_name="opening_told"
    )
    told_at = models.DateTimeField("told")

    class Meta:
        verbose_name_plural = "openings told"

    def __str__(self) -> str:
        return f"Opening of event {self.event_id}"


class OpeningAnnounced(models.Model):
    """Of which opening of booking everybody who was registered was last told beforehand."""

    event = models.OneToOneField(
        Event, primary_key=True, on_delete=models.CASCADE, related_name="opening_announced"
    )
    opens_at = models.DateTimeField("booking opens")
    told_at = models.DateTimeField("told")

    class Meta:
        verbose_name_plural = "openings announced"

    def __str__(self) -> str:
        return f"Opening of event {self.event_id}, beforehand"


class SessionWords(models.Model):
    """A message of the team to those who have booked a session, wait for it or host it."""

    class Group(models.TextChoices):
        BOOKED = "booked", "Everybody who has a place"
        WAITING = "waiting", "Everybody who waits, or has a place held"
        HOSTS = "hosts", "Hosts and speakers"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    group = models.CharField("to", max_length=8, choices=Group)
    subject = models.CharField("subject", max_length=78)
    words = models.TextField("message")
    #: The form's own: pressed twice it is one message.
    submission = models.UUIDField(unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField("written", db_index=True)
    #: When its event had been called off, and the session cancelled, as it was written.
    knows_off_at = models.DateTimeField(null=True)
    knows_cancelled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "session words"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Message {self.pk} about session {self.session_id}"


class ProgrammeUpload(models.Model):
    """A spreadsheet that was looked at and waits to be confirmed: what is previewed is what is imported."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    lift_limits = models.BooleanField(default=False)
    publish = models.BooleanField(default=False)
    #: What was answered about the file, by the key of the question.
    answers = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.filename


class ProgrammeImport(models.Model):
    """What a spreadsheet said, how it was understood, and what came of it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="imported by",
    )
    imported_at = models.DateTimeField("imported")
    filename = models.CharField("file", max_length=200)
    new = models.PositiveIntegerField("new sessions")
    changed = models.PositiveIntegerField("changed")
    unchanged = models.PositiveIntegerField("as they were")
    #: Lines: what was asked and answered, and what was said of the file.
    understood = models.TextField("how it was understood", blank=True)
    #: Lines: row, session, and each value that is another now.
    outcome = models.TextField("what came of it", blank=True)

    class Meta:
        verbose_name = "import of a programme"
        verbose_name_plural = "imports of programmes"
        ordering = ["-imported_at", "-id"]

    def __str__(self) -> str:
        return f"{self.filename} into {self.event}"

    @property
    def at(self) -> str:
        """When it was imported, in the event's time."""
        return format_moment(self.imported_at, self.event.time_zone)

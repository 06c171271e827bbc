"""What the team tells many people by email, and how far it has come."""

from datetime import timedelta
from typing import Final

from django.db import models
from django.db.models import Q

from events.models import Event, Session, Theme
from members.models import Member

#: For so long an announcement is kept after it was last touched.
ANNOUNCEMENTS_STAY: Final = timedelta(days=365)
MAX_SUBJECT_CHARS: Final = 78
MAX_WORDS_CHARS: Final = 20_000


class Announcement(models.Model):
    """An email to many: written, looked at, then sent to who is of its audience at that moment.

    ``upto`` and ``upto_hosts`` say how far the rows of the outbox are written: up to which account, and which
    host without one. They and ``people`` move in the transaction that writes the rows.
    """

    class Audience(models.TextChoices):
        MEMBERS = "members", "All members"
        REGISTERED = "registered", "Everybody who is registered"
        NOTHING_BOOKED = "nothing-booked", "Registered, with nothing chosen or booked"
        BOOKED = "booked", "Those who have a place in sessions"
        WAITING = "waiting", "Those who wait for sessions, or have a place held"
        HOSTS = "hosts", "Hosts and speakers of sessions"
        CAME = "came", "Those who were in sessions, as far as is known"
        MISSED = "missed", "Those who had a place and were not there, as far as is known"
        THEME = "theme", "Those who have a place in a session of a theme"
        NOT_REGISTERED = "not-registered", "Members who are not registered"
        UNDECIDED = "undecided", "People waiting for approval"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SCHEDULED = "scheduled", "Scheduled"
        SENDING = "sending", "Being sent"
        WRITTEN = "written", "Sent"
        STOPPED = "stopped", "Stopped"

    audience = models.CharField("to", max_length=14, choices=Audience, default=Audience.MEMBERS)
    event = models.ForeignKey(Event, models.CASCADE, null=True, blank=True, related_name="+")
    theme = models.ForeignKey(Theme, models.CASCADE, null=True, blank=True, related_name="+")
    sessions = models.ManyToManyField(Session, blank=True, related_name="+")
    #: Only the chosen sessions count, however many of them are still there.
    is_of_chosen = models.BooleanField(default=False, db_default=False)
    subject = models.CharField("subject", max_length=MAX_SUBJECT_CHARS)
    #: HTML, as ``blog.body`` cleans it.
    words = models.TextField("message")
    #: Why it goes to those too who do not want announcements; blank where it does not.
    service_reason = models.CharField("why everybody needs it", max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    send_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    #: When its event had been called off by the time that it began, if it was.
    knows_off_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    upto = models.BigIntegerField(default=0)
    upto_hosts = models.BigIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    unreached = models.PositiveIntegerField(default=0)
    unwanted = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        default_permissions = ()
        permissions = [("send_announcement", "Can write announcements and send them")]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=["members", "undecided"]) | Q(event__isnull=False),
                name="an_audience_of_an_event_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(audience="theme") | Q(theme__isnull=False),
                name="an_audience_of_a_theme_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(audience="hosts") | ~Q(service_reason=""),
                name="hosts_are_written_to_as_a_service",
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(send_at__isnull=False, sent_by__isnull=False),
                name="a_scheduled_announcement_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "scheduled"], started_at__isnull=True)
                | Q(state__in=["sending", "written", "stopped"], started_at__isnull=False),
                name="an_announcement_starts_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "send_at"],
                condition=Q(state__in=["scheduled", "sending"]),
                name="announcement_under_way",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_service(self) -> bool:
        """Whether it goes to those too who do not want announcements."""
        return bool(self.service_reason)

    @property
    def is_editable(self) -> bool:
        """Whether its words may still change."""
        return self.state == self.State.DRAFT

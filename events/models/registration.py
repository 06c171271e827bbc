"""Registration: one member's coming to one event."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.event import Event


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Adjectives for registrations."""

    def confirmed(self) -> "RegistrationQuerySet":
        """Those who come."""
        return self.filter(status=Registration.Status.CONFIRMED)

    def waiting(self) -> "RegistrationQuerySet":
        """Those in line, the first ticket first."""
        return self.filter(status=Registration.Status.WAITING).order_by("ticket")

    def current(self) -> "RegistrationQuerySet":
        """All but cancelled ones."""
        return self.exclude(status=Registration.Status.CANCELLED)


class Registration(models.Model):
    """One member's registration for one event; made again after a cancellation it is the same row."""

    class Status(models.TextChoices):
        RECEIVED = "received", "Received, waiting for membership approval"
        WAITING = "waiting", "On the waiting list of the event"
        CONFIRMED = "confirmed", "Registered"
        CANCELLED = "cancelled", "Cancelled"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="registrations"
    )
    status = models.CharField("status", max_length=10, choices=Status)
    ticket = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    #: Whether hosts see their organisation and role; who was never asked has not said so.
    hosts_see_work = models.BooleanField("hosts see organisation and role", default=False, db_default=False)
    code_of_conduct_accepted_at = models.DateTimeField("code of conduct accepted")
    created_at = models.DateTimeField("first made")
    status_changed_at = models.DateTimeField("last changed")

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "member"], name="one_registration_per_member_and_event"),
            models.CheckConstraint(
                condition=~Q(status="waiting") | Q(ticket__isnull=False),
                name="a_waiting_registration_has_a_ticket",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "ticket"], condition=Q(status="waiting"), name="registration_line"),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.event}"

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its times are shown: the event's."""
        return self.event.zone

    @property
    def is_confirmed(self) -> bool:
        """Whether they come (and may book)."""
        return self.status == self.Status.CONFIRMED

"""What was last sent to people's calendars."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from events.models.event import Event
from events.models.session import Contributor, Session


class CalendarEntryQuerySet(models.QuerySet["CalendarEntry"]):
    """Adjectives for calendar entries."""

    def standing(self) -> "CalendarEntryQuerySet":
        """Those that stand in a calendar: sent, and not cancelled since."""
        return self.filter(is_cancelled=False)


class CalendarEntry(models.Model):
    """One entry in the calendar of a member, or of a host without an account, as it was last sent there.

    ``name`` is the left half of its UID, ``uid_host`` the right one as it was sent: they never change, so
    that calendars know the entry again.
    """

    name = models.CharField(max_length=80, unique=True)
    uid_host = models.CharField(max_length=253, blank=True, default="", db_default="")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="calendar_entries")
    session = models.ForeignKey(
        Session, null=True, on_delete=models.SET_NULL, related_name="calendar_entries"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="calendar_entries"
    )
    contributor = models.ForeignKey(
        Contributor, null=True, on_delete=models.CASCADE, related_name="calendar_entries"
    )
    sequence = models.PositiveIntegerField(help_text="SEQUENCE of RFC 5545, 3.8.7.4, as last sent.")
    sent = models.JSONField(help_text="Time, title and place as last sent.")
    is_cancelled = models.BooleanField(default=False)
    sent_at = models.DateTimeField()

    objects = CalendarEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "name"]
        verbose_name_plural = "calendar entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, contributor__isnull=True)
                | Q(member__isnull=True, contributor__isnull=False),
                name="a_calendar_entry_is_a_members_or_a_contributors",
            ),
        ]

    def __str__(self) -> str:
        return self.name

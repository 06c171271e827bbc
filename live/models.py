"""Who was there: that somebody pressed *Join*, said that they were there, or was seen or missed by others."""

from typing import Final

from django.db import models
from django.db.models import F, Q

from events.models import Registration, Session
from live.models_letters import JoiningLetter
from live.models_notices import Notice
from live.models_presence import Presence
from live.models_reports import MeetingReport

__all__ = ["LONGEST_MEETING", "Attendance", "JoiningLetter", "MeetingReport", "Notice", "Presence"]

#: Minutes: no meeting lasts longer than a day.
LONGEST_MEETING: Final = 24 * 60


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Adjectives for attendance."""

    def came(self) -> "AttendanceQuerySet":
        """Those who were there, as far as is known: what somebody decided goes before what was pressed."""
        return self.exclude(came=False)

    def objected(self) -> "AttendanceQuerySet":
        """Those who said that they were there after it was decided that they were not."""
        return self.filter(came=False, said_at__gt=F("decided_at"))


class Attendance(models.Model):
    """What is known of one registered person's being in one session; without a row nothing is.

    ``came`` is what a host, the team or the meeting's report decided, and counts more than what the person
    pressed; ``None`` where nobody did.
    """

    class Source(models.TextChoices):
        HOST = "host", "A host"
        TEAM = "team", "The team"
        REPORT = "report", "The meeting’s report"

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="attendances")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    joined_at = models.DateTimeField("first pressed Join", null=True)
    said_at = models.DateTimeField("said that they were there", null=True)
    minutes = models.PositiveSmallIntegerField("minutes in the meeting, by its report", null=True)
    came = models.BooleanField("was there, as somebody decided", null=True)
    decided_by = models.CharField("who decided", max_length=6, choices=Source.choices, blank=True)
    decided_at = models.DateTimeField("decided", null=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "session"], name="attendance_of_a_session_is_noted_once"
            ),
            models.CheckConstraint(
                condition=Q(joined_at__isnull=False) | Q(said_at__isnull=False) | Q(came__isnull=False),
                name="attendance_says_something",
            ),
            models.CheckConstraint(
                condition=Q(came__isnull=True, decided_by="", decided_at__isnull=True)
                | (Q(came__isnull=False, decided_at__isnull=False) & ~Q(decided_by="")),
                name="what_is_decided_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=LONGEST_MEETING),
                name="nobody_is_in_a_meeting_longer_than_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Attendance of registration {self.registration_id} in session {self.session_id}"

    @property
    def can_be_taken_back(self) -> bool:
        """Whether that they said so is all that is known: they can take it back."""
        return self.said_at is not None and self.joined_at is None and self.came is None

    @property
    def is_objected(self) -> bool:
        """Whether they said that they were there after it was decided that they were not."""
        return (
            self.came is False
            and self.said_at is not None
            and self.decided_at is not None
            and (self.said_at > self.decided_at)
        )

"""What somebody writes down for themselves, on a session or an event; nobody else reads it."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.plain_text import validate_lines
from events.models import Event, Session

MAX_NOTE_CHARS: Final = 4_000
MAX_THING_CHARS: Final = 500


class SessionNote(models.Model):
    """What somebody learnt in a session, in their own words."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("note", max_length=MAX_NOTE_CHARS, validators=[validate_lines])
    changed_at = models.DateTimeField("last changed")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["member", "session"], name="a_session_has_one_note_of_a_member"),
            models.CheckConstraint(condition=~Q(text=""), name="a_note_says_something"),
        ]

    def __str__(self) -> str:
        return f"Note of member {self.member_id} on session {self.session_id}"


class OneThing(models.Model):
    """The one thing that somebody will do after an event; ``remind_at`` is when it comes back by email."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("one thing I will do", max_length=MAX_THING_CHARS, validators=[validate_lines])
    changed_at = models.DateTimeField("last changed")
    remind_at = models.DateTimeField("comes back by email", null=True)
    reminded_at = models.DateTimeField("came back", null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["member", "event"], name="one_thing_is_one_of_an_event"),
            models.CheckConstraint(condition=~Q(text=""), name="one_thing_says_something"),
            models.CheckConstraint(
                condition=Q(reminded_at__isnull=True) | Q(remind_at__isnull=False),
                name="what_came_back_was_to_come_back",
            ),
        ]
        indexes = [
            models.Index(
                fields=["remind_at"],
                condition=Q(remind_at__isnull=False, reminded_at__isnull=True),
                name="one_thing_to_come_back",
            )
        ]

    def __str__(self) -> str:
        return f"One thing of member {self.member_id} at event {self.event_id}"

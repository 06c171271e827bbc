"""What staff say to everybody who looks, while the event is on: for all of it, or about one session."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from events.models import Event, Session

#: The longest notice, in characters.
MOST_WORDS = 200


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Adjectives for notices."""

    def standing(self) -> "NoticeQuerySet":
        """Those that nobody has taken down or put another in place of; their time may be over."""
        return self.filter(taken_down_at=None)


class Notice(models.Model):
    """One notice: it ends by itself at a moment, or when it is taken down."""

    class Kind(models.TextChoices):
        WORDS = "words", "In words of the team"
        LATE = "late", "That a session starts late"
        LINK = "link", "That a session is joined in another way"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    #: ``None``: for the whole event.
    session = models.ForeignKey(Session, null=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("what it says", max_length=5, choices=Kind, default=Kind.WORDS)
    words = models.CharField("notice", max_length=MOST_WORDS)
    set_at = models.DateTimeField("put up")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ends_at = models.DateTimeField("ends by itself")
    taken_down_at = models.DateTimeField("taken down", null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(session=None, taken_down_at=None),
                name="one_notice_stands_for_an_event",
            ),
            models.UniqueConstraint(
                fields=["session", "kind"],
                condition=Q(taken_down_at=None),
                name="one_notice_of_a_kind_stands_for_a_session",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="a_notice_says_something"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("set_at")), name="a_notice_ends_after_it_began"),
            models.CheckConstraint(
                condition=Q(session__isnull=False) | Q(kind="words"),
                name="what_is_late_or_joined_anew_is_a_session",
            ),
        ]

    def __str__(self) -> str:
        return f"Notice {self.pk} of event {self.event_id}"

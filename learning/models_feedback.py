"""Feedback: what is asked, that somebody answered, and, apart from that, what was answered."""

import uuid

from django.db import models
from django.db.models import Q

from events.models import Event, Registration, Session

#: As many questions as people answer on a telephone.
MAX_QUESTIONS = 5
MAX_WORDS_CHARS = 2000
SCALE = (1, 5)


class FeedbackQuestion(models.Model):
    """A question of an event's feedback in the team's words; without any, the usual three are asked."""

    class Kind(models.TextChoices):
        SCALE = "scale", "From 1 to 5"
        WORDS = "words", "In their own words"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback_questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=Kind)
    words = models.CharField(max_length=200)

    class Meta:
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["event", "position"], name="a_question_of_feedback_has_a_position"
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MAX_QUESTIONS),
                name="feedback_asks_few_questions",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class FeedbackGiven(models.Model):
    """That somebody has answered about a session, or an event as a whole; never what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="feedback_given")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "session"], name="feedback_on_a_session_is_given_once"
            ),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(session=None),
                name="feedback_on_an_event_is_given_once",
            ),
        ]

    def __str__(self) -> str:
        return f"That registration {self.registration_id} answered"


class Feedback(models.Model):
    """One sheet of answers, of nobody: no row leads from it to a person, and no moment stands on it.

    Its number is a random one, and each hour sheets and ``FeedbackGiven`` are written anew, each in an order
    of its own. ``shown``: it is told, because five of its kind were there together.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, related_name="feedback")
    #: Position of the question → a number, or words.
    answers = models.JSONField()
    shown = models.BooleanField(default=False, db_default=False)
    mixed = models.BooleanField(default=False, db_default=False)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["event", "session"], name="feedback_of_a_session")]
        constraints = [
            models.CheckConstraint(condition=~Q(answers={}), name="feedback_says_something"),
        ]

    def __str__(self) -> str:
        return f"Feedback on event {self.event_id}"

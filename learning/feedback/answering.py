"""Taking a sheet of feedback: once of each person about each thing, and from then on of nobody.

The database refuses a second answer by the row that says that they gave one. The sheet has no row of a
person in it and no moment; nothing of it goes to the trail or the log. Until the next hour whoever reads the
files of the database could see which two rows were written together; then all are written anew (``mix``).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from common.transactions import retried, violates
from events.models import Event, Registration, Session
from learning.feedback.asking import Asked, FeedbackRefused, is_asked, questions
from learning.models import Feedback, FeedbackGiven

ONCE: Final = ("feedback_on_a_session_is_given_once", "feedback_on_an_event_is_given_once")
_MIX: Final = (
    """WITH old AS (DELETE FROM learning_feedback RETURNING *)
    INSERT INTO learning_feedback (id, event_id, session_id, answers, shown, mixed)
    SELECT gen_random_uuid(), event_id, session_id, answers, shown, TRUE FROM old ORDER BY random()""",
    """WITH old AS (DELETE FROM learning_feedbackgiven RETURNING *)
    INSERT INTO learning_feedbackgiven (id, registration_id, session_id)
    SELECT gen_random_uuid(), registration_id, session_id FROM old ORDER BY random()""",
)
#: So many sheets of one thing are told together, and never fewer.
TOGETHER: Final = 5


@retried
def give(
    registration: Registration,
    session: Session | None,
    answers: Mapping[str, int | str],
    *,
    asked: Sequence[Asked],
    at: datetime,
) -> bool:
    """Take answers about a session, or the event as a whole; return whether these are the first of theirs.

    ``asked`` are the questions that they read. Raises ``FeedbackRefused``.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=registration.event_id)
    theirs = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    if not theirs.is_confirmed or (session is not None and session.event_id != event.pk):
        raise FeedbackRefused(_("Feedback is asked of those who are registered for the event."))
    if not is_asked(event, session, at=at):
        raise FeedbackRefused(_("Feedback on this is not taken now. Please write to us instead."))
    if list(asked) != questions(event):
        raise FeedbackRefused(_("The questions were changed meanwhile. Read them once more."))
    if session is not None and session.contributors.filter(member=theirs.member_id).exists():
        raise FeedbackRefused(_("You host or speak in this session, so the others are asked about it."))
    if not answers:
        raise FeedbackRefused(_("Answer at least one question."))
    try:
        with transaction.atomic():
            FeedbackGiven.objects.create(registration=theirs, session=session)
    except IntegrityError as error:
        if any(violates(error, one) for one in ONCE):
            return False
        raise
    Feedback.objects.create(event=event, session=session, answers=dict(answers))
    waiting = Feedback.objects.filter(event=event, session=session, shown=False)
    if waiting.count() >= TOGETHER:
        waiting.update(shown=True)
    return True


def has_given(registration: Registration, session: Session | None) -> bool:
    """Whether they have answered about it. One query."""
    return FeedbackGiven.objects.filter(registration=registration, session=session).exists()


@retried
def mix(*, at: datetime) -> int:  # noqa: ARG001  # called by the hour, whatever the hour
    """Write all sheets, and who gave some, anew in other orders if there is a new one; return how many."""
    if not Feedback.objects.filter(mixed=False).exists():
        return 0
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE learning_feedback, learning_feedbackgiven IN EXCLUSIVE MODE")
        for statement in reversed(_MIX):
            cursor.execute(statement)
        return int(cursor.rowcount)

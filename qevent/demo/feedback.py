"""What the demo's members said once the event is over: feedback, and who was there corrected by a host."""

from datetime import datetime, timedelta
from itertools import cycle
from typing import Final

from audit.actors import COMMAND
from events.models import Event, Session
from learning.feedback import answering, asking
from learning.models import Feedback, FeedbackGiven
from live import attendance
from live.models import Attendance

USED: Final = (
    "The question about who is missing.",
    "I will try the five-minute huddle with the night shift.",
    "That a walk works better than a slide.",
    "",
)
DIFFERENT: Final = ("More time in small groups.", "", "Start at ten: school runs.", "")
NUMBERS: Final = (5, 4, 5, 3)


def answer(event: Event, *, at: datetime) -> None:
    """Let who was in a session have answered about it, most of them; correct two of who was there."""
    FeedbackGiven.objects.filter(registration__event=event).delete()
    Feedback.objects.filter(event=event).delete()
    asked, words = asking.questions(event), zip(cycle(NUMBERS), cycle(USED), cycle(DIFFERENT), strict=False)
    came = Attendance.objects.filter(session__event=event).select_related("registration", "session__event")
    for one in [one for one in came.order_by("pk") if one.pk % 3]:
        number, used, different = next(words)
        sheet: dict[str, int | str] = {"1": number, "2": used, "3": different}
        answers = {position: said for position, said in sheet.items() if said}
        answering.give(one.registration, one.session, answers, asked=asked, at=at)
    _correct(event, at)


def _correct(event: Event, at: datetime) -> None:
    """In one session a host says that two were not there; one of them says that they were."""
    rows = Attendance.objects.filter(session__event=event, session__workshop__isnull=False, said_at=None)
    session = Session.objects.filter(pk__in=rows.values("session")).order_by("starts_at", "pk").first()
    two = rows.filter(session=session).select_related("registration", "session").order_by("pk")[:2]
    for number, one in enumerate(two):
        attendance.correct(
            one.session, one.registration, came=False, source=Attendance.Source.HOST, by=COMMAND, at=at
        )
        if number:
            Attendance.objects.filter(pk=one.pk).update(said_at=at + timedelta(minutes=1))

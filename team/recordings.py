"""Recordings as the team sees them: all of an event, and what hosts and speakers answered."""

from dataclasses import dataclass

from django.http import Http404

from common.times import short_moment
from events.models import Event, Session
from recordings import agreeing
from recordings.models import Consent, Recording


@dataclass(frozen=True)
class Listed:
    """The recordings of an event, and the recorded sessions without one."""

    recordings: list[Recording]
    without: list[Session]


@dataclass(frozen=True)
class Answer:
    """What one host or speaker answered, in words; the last two say what is offered."""

    pk: int
    name: str
    words: str
    kind: str
    has_agreed: bool
    has_declined: bool


def of(event: Event) -> Listed:
    """Return the recordings of an event, by time, and which sessions lack one. Two queries."""
    found = Recording.objects.filter(session__event=event).select_related("session")
    made = list(found.defer("cues", "words", "search").order_by("session__starts_at", "session", "pk"))
    sessions = Session.objects.published().live().filter(event=event, is_recorded=True)
    return Listed(made, list(sessions.exclude(pk__in=[one.session_id for one in made]).in_order()))


def recording_or_404(slug: str, pk: int) -> Recording:
    """Return a recording of the event with its session."""
    found = (
        Recording.objects.select_related("session__event").filter(session__event__slug=slug, pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def answers(session: Session) -> list[Answer]:
    """Return what each who hosts or speaks in a session answered. Two queries."""
    told = {one.contributor_id: one for one in Consent.objects.filter(session=session)}
    people = agreeing.asked(session)
    return [_answer(one.pk, one.name, told.get(one.pk), session) for one in people]


def _answer(pk: int, name: str, told: Consent | None, session: Session) -> Answer:
    if told is None or told.answer == Consent.Answer.ASKED:
        words = "Not asked" if told is None else f"Asked {short_moment(told.asked_at, session.zone)}"
        return Answer(pk, name, words, "waiting", has_agreed=False, has_declined=False)
    agreed = told.answer == Consent.Answer.AGREED
    words = "Agreed" if agreed else "Did not agree"
    words = f"{words} {short_moment(told.answered_at, session.zone)}"
    words = f"{words}, noted by the team" if told.is_by_team else words
    kind = "yours" if agreed else "problem"
    return Answer(pk, name, words, kind, has_agreed=agreed, has_declined=not agreed)

"""A member's own needs as their page shows them: where each stands, in words to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from common.times import format_day
from events.calls_to_action import Standing
from events.models import AccessNeed, Event, KeptNeed, Registration

State = AccessNeed.State


@dataclass(frozen=True)
class NeedLine:
    """One need: what, where it stands (a badge's words and kind) and what is to be said of it.

    ``asks``: whether the event is on or over, and they can say whether they got it.
    """

    case: AccessNeed
    word: str
    kind: str
    says: str
    asks: bool = False


@dataclass(frozen=True)
class NeedsTold:
    """What they told for this registration, and what they keep for the next."""

    lines: Sequence[NeedLine]
    kept: Sequence[KeptNeed]


@dataclass(frozen=True)
class Hired:
    """By when people who have to be hired are asked for, in words, and whether that is over."""

    day: str
    is_late: bool


def told(standing: Standing, *, at: datetime) -> NeedsTold:
    """Return what the reader told and keeps. Two queries."""
    registration = standing.registration
    cases = AccessNeed.objects.filter(told__registration=registration).with_people()
    comes = registration is not None and registration.status != Registration.Status.CANCELLED
    return NeedsTold(
        [_line(one, at) for one in cases] if comes else [],
        list(KeptNeed.objects.filter(member=standing.member)),
    )


def hired(event: Event, *, at: datetime) -> Hired | None:
    """Return by when to ask for captioners and interpreters; ``None`` where the team has set no day."""
    if event.ask_needs_by is None:
        return None
    return Hired(format_day(event.ask_needs_by), at.astimezone(event.zone).date() > event.ask_needs_by)


def _line(case: AccessNeed, at: datetime) -> NeedLine:
    word, kind, says = _standing(case, at)
    event, today = case.event, at.astimezone(case.event.zone).date()
    asks = today >= event.first_day and event.status != Event.Status.CANCELLED
    return NeedLine(case, word, kind, says, asks=asks and case.state == State.CONFIRMED)


def _standing(case: AccessNeed, at: datetime) -> tuple[str, str, str]:
    is_ahead = case.event.is_published and not case.event.is_past(at)
    if case.state == State.CANNOT:
        return _("We cannot"), "problem", _("Instead: %(what)s") % {"what": case.instead}
    if case.state == State.CONFIRMED:
        return _("Confirmed"), "yours", _("It will be there.") if is_ahead else ""
    if not is_ahead:
        return _("Not answered"), "plain", ""
    word = _("Being arranged") if case.state == State.ARRANGED else _("We have it")
    return word, "waiting", " ".join(filter(None, (_lateness(case), _when_answered(case, at))))


def _lateness(case: AccessNeed) -> str:
    if not case.was_asked_late:
        return ""
    return _("You asked after people had to be hired for it, so it may be too late. We try all the same.")


def _when_answered(case: AccessNeed, at: datetime) -> str:
    if case.is_overdue(at):
        return _("You should have had an answer by now. Please ask us.")
    return _("We aim to email you an answer by %(day)s.") % {"day": format_day(case.answer_by)}

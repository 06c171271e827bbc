"""What an import said and became, kept with who did it, for the day on which somebody asks."""

from datetime import datetime
from typing import Final

from audit import trail
from audit.actors import By, actor
from audit.acts import Act
from workshops.models import ProgrammeImport
from workshops.programme_import.plan import Plan, PlannedSession

#: Longer values are shortened: the record says what changed, the sessions hold the words.
_MAX_CHARS: Final = 120


def record(plan: Plan, filename: str, *, by: By, at: datetime) -> ProgrammeImport:
    """Keep what was done; call it in the transaction of the import."""
    answers = [f"{one.words} {one.answer_in_words}" for one in plan.questions]
    kept = ProgrammeImport.objects.create(
        event=plan.event,
        member_id=actor(by).person_id,
        imported_at=at,
        filename=filename[:200],
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=len(plan.unchanged),
        understood="\n".join([*answers, *plan.notices]),
        outcome="\n".join(_line(one) for one in (*plan.new, *plan.changed)),
    )
    trail.record(plan.event, Act.PROGRAMME_IMPORTED, by=by, at=at, kept=kept.pk)
    return kept


def _line(one: PlannedSession) -> str:
    place = f"{one.row.sheet} row {one.row.number}".strip()
    if one.is_new:
        return f"{place}: new: {one.session.title}"
    changes = "; ".join(
        f"{each.column}: {_short(each.before)} → {_short(each.after)}" for each in one.changes
    )
    return f"{place}: {one.session.title}: {changes}"


def _short(text: str) -> str:
    text = " ".join(text.split()) or "nothing"
    return text if len(text) <= _MAX_CHARS else f"{text[: _MAX_CHARS - 1]}…"

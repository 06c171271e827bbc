"""Feedback in numbers: exactly what its own page tells, in steps of five, and no word that somebody wrote."""

from typing import Final

from django.urls import reverse

from common.words import counted
from learning.feedback.results import Group, results
from team.report.figures import NOT_TOLD, Cell, Figure, Table, TableRow
from team.report.pictures import columns
from team.report.subject import Subject

MEANING: Final = (
    "Means of answers from 1 to 5, of what at least five people said together, told in steps of five: "
    "looking again never shows what one more person said. What people wrote is on the page of the "
    "feedback alone."
)
HEADING: Final = "Feedback"
WHOLE: Final = "The event as a whole, and what is left of sessions"


def figure(subject: Subject) -> Figure:
    """Return the figure. Three queries."""
    found = results(subject.event, at=subject.at)
    more = (reverse("team:event_feedback", args=[subject.event.slug]), "What people wrote")
    groups = [*([found.rest] if found.rest else []), *found.sessions]
    if not groups:
        nothing = "Fewer than five people have answered about any one thing so far."
        return Figure("feedback", HEADING, MEANING, nothing=nothing, more=more)
    questions = list(
        dict.fromkeys(
            one.question.words for group in groups for one in group.answered if one.question.is_scale
        )
    )
    rows = [_row(subject, group, questions, number) for number, group in enumerate(groups, 1)]
    about = counted(len(found.sessions), "%(count)s session", "%(count)s sessions")
    return Figure(
        "feedback",
        HEADING,
        MEANING,
        f"Enough people answered about {about}{' and about the event' if found.rest else ''}.",
        Table("Means of what people answered", ("About", "Answers", *questions), rows),
        columns(
            "feedback",
            f"{questions[0]} The mean of each row" if questions else HEADING,
            names=("Mean, of 5",),
            heights=[(_means(group).get(questions[0], 0.0) if questions else 0.0,) for group in groups],
            below=("Row 1", f"row {len(groups)}"),
            most=5,
        ),
        more=more,
    )


def _means(group: Group) -> dict[str, float]:
    """Return the mean of each question that is told."""
    return {one.question.words: one.average for one in group.answered if one.question.is_scale}


def _row(subject: Subject, group: Group, questions: list[str], number: int) -> TableRow:
    means = _means(group)
    cells: list[Cell] = [
        group.people,
        *(f"{means[one]:.1f}" if one in means else NOT_TOLD for one in questions),
    ]
    if group.session is None:
        return TableRow(WHOLE, cells, number=number)
    return subject.row(group.session, cells, number)

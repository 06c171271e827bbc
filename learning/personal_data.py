"""What this app holds of people: what they wrote down for themselves."""

from django.utils.translation import gettext_lazy as _

from common.personal_data import retention
from common.personal_data.registry import Deleted, holds, holds_nothing
from common.personal_data.retention import Kept
from learning.feedback import answering
from learning.models import Feedback, FeedbackGiven, FeedbackQuestion, OneThing, SessionNote


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    holds(
        SessionNote,
        _("Your notes on sessions"),
        lambda person: SessionNote.objects.filter(member__in=person.ids),
        exported="session__title text changed_at",
        unexported={"member": "You."},
        erased=Deleted(),
    )
    holds(
        OneThing,
        _("What you will do after an event"),
        lambda person: OneThing.objects.filter(member__in=person.ids),
        exported="event__title text changed_at remind_at reminded_at",
        unexported={"member": "You."},
        erased=Deleted(),
    )
    holds(
        FeedbackGiven,
        _("About what you have given feedback"),
        lambda person: FeedbackGiven.objects.filter(registration__member__in=person.ids),
        exported="session__title",
        unexported={"id registration": "A random number; your registration for the event."},
        erased=Deleted(),
    )
    holds_nothing(
        Feedback,
        "id event session answers shown mixed",
        "Feedback is of nobody: nothing leads from it to a person.",
    )
    holds_nothing(FeedbackQuestion, "event position kind words", "Questions that the team asks of everybody.")
    retention.keep(
        Kept(
            "learning-notes",
            _("Your notes on sessions, and the one thing you will do"),
            _("So that you have them for your CPD record. Nobody but you reads them."),
            until=_("until you take them out, or are erased"),
        )
    )
    retention.keep(
        Kept(
            "feedback",
            _("What people thought of sessions, without their names; and, apart from it, that they answered"),
            _("So that the next event is better, and nobody answers twice."),
            until=_("as long as the event is on the site; that you answered goes when you are erased"),
            forget=answering.mix,
        )
    )

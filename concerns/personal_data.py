"""What this app holds of people: concerns they reported with their name, and that they were taken out."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.actors import By
from common.personal_data import retention
from common.personal_data.registry import Deleted, Emptied, Person, Written, holds, holds_nothing
from common.personal_data.retention import Kept
from concerns import handling
from concerns.models import Concern, Desk, Reader, Recipient, Remark, Removal

_TOLD = "What was told is about others too: it stays until it is erased with all of it."


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    holds_nothing(Desk, "event in_danger answer_days", "What to do in danger, and when there is an answer.")
    holds(
        Reader,
        _("Events at which you read concerns"),
        lambda person: Reader.objects.filter(member__in=person.ids),
        exported="event__title",
        unexported={"member": "You."},
        erased=Deleted(),
    )
    holds(
        Concern,
        _("Concerns that you reported with your name"),
        lambda person: Concern.objects.filter(reporter__in=person.ids),
        exported="event__title session__title about_whom what would_help wants reach status created_at "
        "answer_by",
        unexported={
            "reporter code_digest form_digest version is_suspected changed_at": "You, and numbers of the row."
        },
        erased=Emptied(
            _("A concern that you reported, without your name: it is about others, and somebody has to act."),
            by_act="reporter reach wants",
            act=_unname,
            stays={
                "event session about_whom what would_help status is_suspected code_digest form_digest "
                "created_at answer_by changed_at version": _TOLD
            },
        ),
    )
    _of_readers()
    holds(
        Removal,
        _("Events that the team took you out of"),
        lambda person: Removal.objects.filter(member__in=person.ids),
        exported="event__title words removed_at asked_at asked_words decided_at decided_words lifted_at",
        unexported={
            "reason": "It may say who told the team of something.",
            "member removed_by decided_by": "You, and who of the team decided.",
        },
        erased=Deleted(),
        written=Written(
            _("What you told people whom you took out of an event"),
            lambda person: Removal.objects.filter(removed_by__in=person.ids),
            ("event__title", "words", "removed_at"),
            _("It was said to somebody else, who can ask for a second look at it."),
        ),
    )
    _retain()


def _of_readers() -> None:
    holds(
        Recipient,
        _("Concerns that were sent to you"),
        lambda person: Recipient.objects.filter(member__in=person.ids, is_left_out=False),
        exported="concern__event__title concern__created_at",
        unexported={"concern member is_left_out": "You; whoever reported may have left you out."},
        erased=Emptied(
            _("That somebody of the team was named to whoever reported a concern."),
            stays={"concern member is_left_out": "What whoever reported was promised."},
        ),
    )
    holds(
        Remark,
        _("What you wrote about concerns for the team"),
        lambda person: Remark.objects.filter(by__in=person.ids),
        exported="kind words at",
        unexported={"concern by": "Which one, and you."},
        erased=Emptied(
            _("Answers and notes about concerns: they are about others; without your name."),
            stays={"concern kind by words at": _TOLD},
        ),
        written=Written(
            _("Answers to concerns that you reported, and what you added"),
            lambda person: Remark.objects.filter(
                concern__reporter__in=person.ids, kind__in=(Remark.Kind.ANSWER, Remark.Kind.MORE)
            ),
            ("kind", "words", "at"),
            _("They stay with the concern, which is about others."),
        ),
    )


def _unname(person: Person, *, by: By, at: datetime) -> None:  # noqa: ARG001  # as all acts
    """Take out who reported, and how to reach them; the answer is read with the code."""
    theirs = Concern.objects.filter(reporter__in=person.ids)
    theirs.filter(wants=Concern.Wants.EMAIL).update(wants=Concern.Wants.CODE)
    theirs.update(reporter=None, reach="")


def _retain() -> None:
    retention.keep(
        Kept(
            "concerns",
            _("Concerns that somebody reported, the answers, and readers’ notes"),
            _("To act on them, and to see whether something happens again. Then all of it is erased."),
            period=handling.KEPT,
            forget=forget,
        )
    )
    retention.keep(
        Kept(
            "removals",
            _("That the team took somebody out of an event, and why"),
            _("So that they stay out until it is lifted, and somebody else can look again."),
            until=_("until they are erased"),
        )
    )


def forget(*, at: datetime) -> None:
    """Erase concerns with which nothing happened for so long."""
    handling.forget(at=at)

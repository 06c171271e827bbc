"""What becomes of a need: new, arranged, confirmed to the member, or "we cannot; instead …".

Each act names the version of the case that was on the screen: what has changed since, or was answered by a
colleague, is refused and looked at again. Who acted last owns the case. An answer is emailed a few minutes
after the last one for the same registration, so that several are one letter. Afterwards the member says
whether they got what was confirmed; that counts, and asks nobody again.
"""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from common.refusals import Refusal
from common.transactions import retried
from events.models import AccessNeed, Registration
from members.models import Member
from notifications import outbox

State = AccessNeed.State
#: The kind of the email with answers; it waits until nothing has been answered for so long, but no longer.
EMAIL: Final = "needs-answered"
WAITS: Final = timedelta(minutes=5)
AT_MOST: Final = timedelta(minutes=30)


class NeedRefused(Refusal):
    """An expected no."""


class NeedGone(NeedRefused):
    """They have taken it out, or it was erased."""


class NeedHasChanged(NeedRefused):
    """It is not what was on the screen."""


class NeedIsAnswered(NeedRefused):
    """The member has been told, so that it cannot be taken back without telling them."""


class TooLate(NeedRefused):
    """The event is over or does not take place, or they do not come: nobody is told any more."""


class NothingInstead(NeedRefused):
    """Who cannot says what they do instead."""


class NotOverYet(NeedRefused):
    """Nobody can know before the event begins whether they got it."""


@retried
def arrange(pk: int, *, version: int, by: Member, at: datetime) -> AccessNeed:
    """Note that it is arranged; the member is told once it is confirmed. Twice is not an error.

    Raises ``NeedGone``, ``NeedHasChanged``, ``NeedIsAnswered`` and ``TooLate``.
    """
    case = _locked(pk, at)
    if case.state in AccessNeed.ANSWERED:
        raise NeedIsAnswered(
            "They have been told already. Confirm it, or say what you do instead: both email them."
        )
    if case.state != State.ARRANGED or case.owner_id != by.pk:
        _answer(case, State.ARRANGED, "", version=version, by=by, at=at)
        trail.record(case, Act.NEED_ARRANGED, by=by, at=at)
    return case


@retried
def confirm(pk: int, *, version: int, by: Member, at: datetime) -> AccessNeed:
    """Confirm it to the member, by email. Twice is not an error.

    Raises ``NeedGone``, ``NeedHasChanged`` and ``TooLate``.
    """
    case = _locked(pk, at)
    if case.state != State.CONFIRMED:
        _answer(case, State.CONFIRMED, "", version=version, by=by, at=at)
        trail.record(case, Act.NEED_CONFIRMED, by=by, at=at)
        _tell(case, at)
    return case


@retried
def decline(pk: int, instead: str, *, version: int, by: Member, at: datetime) -> AccessNeed:
    """Tell the member by email that we cannot, and what we do ``instead``.

    Raises ``NeedGone``, ``NeedHasChanged``, ``NothingInstead`` and ``TooLate``.
    """
    case, instead = _locked(pk, at), instead.strip().replace("\r\n", "\n")
    if not instead:
        raise NothingInstead("Write what you do instead: they read it, and decide by it whether they come.")
    if (case.state, case.instead) != (State.CANNOT, instead):
        _answer(case, State.CANNOT, instead, version=version, by=by, at=at)
        trail.record(case, Act.NEED_DECLINED, by=by, at=at)
        _tell(case, at)
    return case


@retried
def say_whether_met(pk: int, was_met: bool, *, by: Member, at: datetime) -> AccessNeed:  # noqa: FBT001
    """Note whether the member got what was confirmed; they may say otherwise later.

    Raises ``NeedGone``, for what is another's and what was not confirmed too, and ``NotOverYet``.
    """
    case = _found(pk)
    if case.member_id != by.pk or case.state != State.CONFIRMED:
        raise NeedGone(_("This need is not kept any more, so there is nothing to say about it."))
    if at.astimezone(case.event.zone).date() < case.event.first_day:
        raise NotOverYet(_("The event has not begun. Tell us afterwards."))
    if case.was_met is not was_met:
        case.was_met = was_met
        case.save(update_fields=["was_met"])
        trail.record(case, Act.NEED_ANSWERED_BACK, by=by, at=at)  # never what: of that only numbers stay
    return case


def _locked(pk: int, at: datetime) -> AccessNeed:
    """Lock a case that can be answered."""
    case = _found(pk)
    if not AccessNeed.objects.filter(pk=pk).ahead(timezone.localdate(at)).exists() or case.event.is_over(at):
        raise TooLate("They do not come, or the event is over or cancelled: they would not be told.")
    return case


def _found(pk: int) -> AccessNeed:
    rows = AccessNeed.objects.select_for_update(of=("self",)).with_people()
    case = rows.filter(pk=pk).first()
    if case is None:
        raise NeedGone("They have taken this need out, or it was erased after the event. Nothing to do.")
    return case


def _answer(
    case: AccessNeed, state: AccessNeed.State, instead: str, *, version: int, by: Member, at: datetime
) -> None:
    if case.version != version:
        raise NeedHasChanged("It has changed since you looked. Nothing is changed: look at it again first.")
    case.state, case.instead, case.owner, case.was_met = state, instead, by, None
    case.state_changed_at, case.version, case.rearranged_at = at, case.version + 1, None
    case.save()


def _tell(case: AccessNeed, at: datetime) -> None:
    owe_answer(case.told.registration, at)


def owe_answer(registration: Registration, at: datetime) -> None:
    """Owe them the letter with the answers that they have not been emailed yet."""
    outbox.enqueue(
        EMAIL,
        at=at,
        key=f"{EMAIL}:{registration.pk}",
        member=registration.member,
        payload={"registration": registration.pk},
        delay=WAITS,
        at_most=AT_MOST,
    )

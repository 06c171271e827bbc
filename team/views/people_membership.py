"""Deciding about somebody's membership: by the rules of the site and of the admin."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from members import membership
from members.keys import StrongerAccount
from members.models import Member
from team.guards import acting_member, allowed_if, may_find_people
from team.people import deciding
from team.people.search import person_or_404
from team.people_forms import DeclineForm, EndForm
from team.views.helping import done, emailing, page_of, refused

Membership = Member.Membership


@dataclass(frozen=True)
class Decision:
    """One decision: its rule, what the membership becomes by it, and what is said once it is made."""

    rule: Callable[..., Member]
    becomes: str
    said: str


APPROVED = Decision(
    membership.approve,
    Membership.ACTIVE,
    "They are a member now. They are emailed in ten minutes; until then you can take it back.",
)
TAKEN_BACK = Decision(
    membership.take_back_approval, Membership.WAITING, "The approval is taken back. Nobody is emailed."
)
DECLINED = Decision(membership.decline, Membership.DECLINED, "They are not approved, and emailed.")
ENDED = Decision(membership.end, Membership.ENDED, "The membership has ended.")


@require_POST
@allowed_if(may_find_people)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Make somebody a member; they are mailed in ten minutes."""
    return _decide(request, pk, APPROVED)


@require_POST
@allowed_if(may_find_people)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody wait again who was approved by mistake."""
    return _decide(request, pk, TAKEN_BACK)


@require_POST
@allowed_if(may_find_people)
def reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    """Make somebody a member again."""
    said = f"They are a member again. {emailing(person_or_404(pk))}"
    return _decide(request, pk, Decision(membership.reinstate, Membership.ACTIVE, said))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_find_people)
def turn_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not approve somebody, for a reason that they are told."""
    form = DeclineForm(request.POST if request.method == "POST" else None)
    means = "They are emailed at once, with the reason."
    return _with_reason(request, pk, form, DECLINED, "Do not approve", means)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_find_people)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership."""
    form = EndForm(request.POST if request.method == "POST" else None)
    means = "What they are registered for stays. Nobody is emailed."
    return _with_reason(request, pk, form, ENDED, "End the membership", means)


def _with_reason(
    request: HttpRequest, pk: int, form: forms.Form, decision: Decision, verb: str, means: str
) -> HttpResponse:
    """Ask for a reason on a page that says what it does; then decide."""
    if request.method == "POST" and form.is_valid():
        return _decide(request, pk, decision, reason=form.cleaned_data["reason"])
    person = person_or_404(pk)
    shown = request.POST.get("shown") or deciding.as_shown(person)
    context = {"person": person, "form": form, "verb": verb, "means": means, "shown": shown}
    return render(request, "team/people/reason.html", context)


def _decide(request: HttpRequest, pk: int, decision: Decision, **more: Any) -> HttpResponse:
    """Decide about the membership that was on the screen, and go back to the person."""
    person, reader, shown = person_or_404(pk), acting_member(request), request.POST.get("shown", "")
    try:
        with deciding.about(person, shown=shown, becomes=decision.becomes, reader=reader) as locked:
            decision.rule(locked, by=reader, at=timezone.now(), **more)
    except deciding.DecidedMeanwhile as meanwhile:
        if not meanwhile.is_own:
            unsent = f" Your reason was not sent: “{more['reason']}”." if more.get("reason") else ""
            return refused(request, f"{meanwhile}{unsent}", page_of(person))
    except (membership.MembershipRefused, StrongerAccount) as refusal:
        return refused(request, str(refusal), page_of(person))
    return done(request, decision.said, page_of(person))

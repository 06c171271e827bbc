"""Approving people, many at once: each is named with what one decides by, and ticked."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from common import refill_forms
from common.http import parse_id
from common.words import counted, in_a_row
from members import keys, membership
from members.models import Member
from team.approval_forms import DeclineForm
from team.approvals import approvals as read
from team.approvals import chosen
from team.guards import acting_member, allowed_if, may_find_people
from team.people import deciding

NOBODY = "Tick whom you mean first."
#: Of so many it is said one by one who decided meanwhile, and when.
NAMED = 5


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_find_people)
def approvals(request: HttpRequest) -> HttpResponse:
    """Show who waits; a press approves those who are ticked."""
    now, reader = timezone.now(), acting_member(request)
    if request.method == "POST":
        people = _chosen(request, _ids(request.POST.getlist("person")))
        done = _each(request, people, lambda one: membership.approve(one, by=reader, at=now))
        if done:
            until = "They are mailed in ten minutes; until then you can take it back."
            messages.success(request, f"{_named(done, 'approved')} {until}")
        return redirect("team:approvals")
    ticks_all = "all" in request.GET
    ticked = {*_ids(request.GET.getlist("person")), *_ids(refill_forms.answers("person"))}
    found = read(reader, page=request.GET.get("page"), at=now)
    ticks = [one.pk for one in found.people if one.pk in ticked or (ticks_all and not one.is_anothers)]
    context = {"found": found, "ticks": ticks, "ticks_all": ticks_all}
    return render(request, "team/approvals.html", context)


@require_POST
@allowed_if(may_find_people)
def decline_ticked(request: HttpRequest) -> HttpResponse:
    """Go on to the page that asks for the reason, which names those who are ticked in its address."""
    named = "-".join(str(one.pk) for one in _chosen(request, _ids(request.POST.getlist("person"))))
    return redirect("team:approvals_decline", named) if named else redirect("team:approvals")


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_find_people)
def decline(request: HttpRequest, named: str) -> HttpResponse:
    """Ask for the reason that people are told, then decline those who are named."""
    now, reader = timezone.now(), acting_member(request)
    people = _chosen(request, _ids(named.split("-")))
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if not people:
        if typed := request.POST.get("reason", "").strip():
            messages.info(request, f"Your reason was not sent to anybody: “{typed}”.")
        return redirect("team:approvals")
    if not form.is_valid():
        return render(request, "team/approvals_decline.html", {"people": people, "form": form})
    reason = form.cleaned_data["reason"]
    done = _each(request, people, lambda one: membership.decline(one, by=reader, at=now, reason=reason))
    if done:
        messages.success(request, f"{_named(done, 'not approved')} They are mailed the reason.")
    return redirect("team:approvals")


@require_POST
@allowed_if(may_find_people)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody wait again who was approved by mistake."""
    now, reader = timezone.now(), acting_member(request)
    member = get_object_or_404(Member, pk=pk)
    if member.membership == Member.Membership.WAITING:
        messages.info(request, f"{member.name} waits for approval already.")
    elif _each(request, [member], lambda one: membership.take_back_approval(one, by=reader, at=now)):
        messages.success(request, f"{member.name} waits for approval again. Nobody was mailed.")
    return redirect("team:approvals")


def _chosen(request: HttpRequest, ids: list[int]) -> list[Member]:
    """Return those of ``ids`` who still wait; say who no longer does, or that nobody is ticked."""
    people = chosen(ids)
    gone = list(Member.objects.filter(pk__in=ids).exclude(pk__in=[one.pk for one in people]).order_by("name"))
    if 0 < len(gone) <= NAMED:
        messages.warning(request, " ".join(deciding.stands(one) for one in gone))
    elif gone:
        names = in_a_row(one.name for one in gone)
        messages.warning(request, f"Decided about meanwhile, so that nothing has changed: {names}.")
    elif not people:
        messages.warning(request, NOBODY)
    return people


def _ids(sent: Iterable[str]) -> list[int]:
    return [parse_id(one) for one in sent]


def _each(request: HttpRequest, people: Iterable[Member], rule: Callable[[Member], Member]) -> list[Member]:
    """Apply a rule to each; return those whom it changed. What is refused is said by name."""
    done = []
    for one in people:
        try:
            with deciding.about(one, shown=deciding.as_shown(one), reader=acting_member(request)):
                if rule(one).membership != one.membership:
                    done.append(one)
        except (membership.MembershipRefused, keys.StrongerAccount, deciding.DecidedMeanwhile) as refusal:
            messages.warning(request, str(refusal))
    return done


def _named(people: list[Member], became: str) -> str:
    """Say "Ada and Bo are approved.", or how many where they are too many to read."""
    if len(people) > NAMED:
        return f"{counted(len(people), '%(count)s person is', '%(count)s people are')} {became}."
    return f"{in_a_row(one.name for one in people)} {'is' if len(people) == 1 else 'are'} {became}."

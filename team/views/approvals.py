"""Approving people, many at once: each is named with what one decides by, and ticked."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

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


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_find_people)
def approvals(request: HttpRequest) -> HttpResponse:
    """Show who waits; a press approves those who are ticked."""
    now, reader = timezone.now(), acting_member(request)
    if request.method == "POST":
        people = _chosen(request)
        done = _each(request, people, lambda one: membership.approve(one, by=reader, at=now))
        if done:
            until = "They are mailed in ten minutes; until then you can take it back."
            messages.success(request, f"{_named(done, 'approved')} {until}")
        return redirect("team:approvals")
    ticks_all, ticked = "all" in request.GET, set(_ids(request.GET))
    found = read(reader, page=request.GET.get("page"), at=now)
    ticks = [one.pk for one in found.people if one.pk in ticked or (ticks_all and not one.is_anothers)]
    context = {"found": found, "ticks": ticks, "ticks_all": ticks_all}
    return render(request, "team/approvals.html", context)


@require_POST
@allowed_if(may_find_people)
def decline(request: HttpRequest) -> HttpResponse:
    """Ask for the reason that people are told, then decline those who are ticked."""
    now, reader = timezone.now(), acting_member(request)
    people = _chosen(request)
    form = DeclineForm(request.POST if "reason" in request.POST else None)
    if people and not form.is_valid():
        return render(request, "team/approvals_decline.html", {"people": people, "form": form})
    reason = form.cleaned_data["reason"] if people else ""
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


def _chosen(request: HttpRequest) -> list[Member]:
    """Return those who are ticked and still wait; say who no longer does, or that nobody is ticked."""
    ids = _ids(request.POST)
    people = chosen(ids)
    gone = Member.objects.filter(pk__in=ids).exclude(pk__in=[one.pk for one in people])
    if names := in_a_row(gone.order_by("name").values_list("name", flat=True)):
        messages.warning(request, f"Decided about meanwhile, so that nothing has changed: {names}.")
    elif not people:
        messages.warning(request, NOBODY)
    return people


def _ids(sent: QueryDict) -> list[int]:
    return [parse_id(one) for one in sent.getlist("person")]


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
    if len(people) > 5:
        return f"{counted(len(people), '%(count)s person is', '%(count)s people are')} {became}."
    return f"{in_a_row(one.name for one in people)} {'is' if len(people) == 1 else 'are'} {became}."

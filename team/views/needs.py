"""Access needs as cases: the list, a look at what they are about, and answers."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.http import next_url
from common.words import counted, in_a_row
from events import need_cases, need_withdrawals
from members.accounts import fresh_proof
from team.guards import acting_member, allowed_if, may_see_needs
from team.needs import answering, cases, numbers, stopping
from team.needs.answering import Ticked
from team.needs.cases import Looks
from team.needs_forms import CasesForm, InsteadForm

#: What only the forms of answers send.
ANSWERED: Final = frozenset({"case", "instead", "next"})
NOBODY = "Tick whom you mean first."
EMAILED = "Each is emailed in a few minutes."
UNREACHED = "No email reaches them, so tell them: {who}."


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_see_needs)
@fresh_proof.required
def needs(request: HttpRequest) -> HttpResponse:
    """List the cases; a press shows what they are about as well, and is recorded; so does an answer."""
    events, reader, now = cases.events_with_needs(), acting_member(request), timezone.now()
    asked = cases.parse(request.GET.dict(), events)
    found = cases.found(
        asked,
        events,
        page=request.GET.get("page"),
        looks=_looks(request),
        reader=reader,
        at=now,
    )
    number = found.page.paginator.count
    context = {
        "found": found,
        "stops": stopping.rows(asked, looks=_looks(request), reader=reader, at=now),
        "asked": asked,
        "form": CasesForm(asked, cases.offered(asked, events, at=now)),
        "result": counted(number, "%(count)s need", "%(count)s needs"),
        "here": f"{reverse('team:needs')}?{urlencode(asked.given | {'page': found.page.number})}",
    }
    return render(request, "team/needs/list.html", context)


@require_POST
@allowed_if(may_see_needs)
@fresh_proof.required
def arrange(request: HttpRequest) -> HttpResponse:
    """Note that the ticked ones are arranged."""
    by, now = acting_member(request), timezone.now()
    return _answered(
        request,
        lambda one: need_cases.arrange(one.case.pk, version=one.version, by=by, at=now),
        "Marked as arranged: {who}. Confirm it to them once it is certain.",
        is_emailed=False,
    )


@require_POST
@allowed_if(may_see_needs)
@fresh_proof.required
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the ticked ones to whom they belong."""
    by, now = acting_member(request), timezone.now()
    return _answered(
        request,
        lambda one: need_cases.confirm(one.case.pk, version=one.version, by=by, at=now),
        f"Confirmed to {{who}}. {EMAILED}",
        is_emailed=True,
    )


@require_POST
@allowed_if(may_see_needs)
@fresh_proof.required
def decline_ticked(request: HttpRequest) -> HttpResponse:
    """Go on to the page that asks what is done instead, which names the ticked ones in its address."""
    chosen = answering.ticked(request.POST.getlist("case"))
    if not chosen:
        messages.warning(request, NOBODY)
        return _back(request)
    url = reverse("team:needs_decline", args=["-".join(one.seen for one in chosen)])
    return redirect(f"{url}?{urlencode({'next': _list(request)})}")


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_see_needs)
@fresh_proof.required
def decline(request: HttpRequest, named: str) -> HttpResponse:
    """Ask what is done instead, then tell those who are named."""
    chosen, by, now = answering.ticked(named.split("-")), acting_member(request), timezone.now()
    if not chosen:
        messages.warning(request, "These needs were taken out meanwhile.")
        return redirect(_list(request))
    form = InsteadForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        instead = form.cleaned_data["instead"]
        done, refused = answering.each(
            chosen,
            lambda one: need_cases.decline(one.case.pk, instead, version=one.version, by=by, at=now),
        )
        _say(request, done, f"Answered: {{who}}. {EMAILED}", is_emailed=True)
        if not refused:
            return _back(request)
        form.add_error("instead", " ".join(one.sentence for one in refused))
        chosen = answering.anew(refused, by=by, at=now)
    named = "-".join(one.seen for one in chosen) or named
    context = {"chosen": chosen, "form": form, "named": named, "back": _list(request)}
    return render(request, "team/needs/decline.html", context)


@require_POST
@allowed_if(may_see_needs)
@fresh_proof.required
def stopped(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that what was arranged, and is needed no more, is stopped."""
    try:
        one = need_withdrawals.stop(pk, by=acting_member(request), at=timezone.now())
    except need_withdrawals.NothingToStop as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"Stopped: {stopping.name_of(one)}. It is kept no longer.")
    return _back(request)


@require_safe
@allowed_if(may_see_needs)
def in_numbers(request: HttpRequest) -> HttpResponse:
    """Show what became of needs at events that are over: numbers, of nobody."""
    return render(
        request,
        "team/needs/numbers.html",
        {"tables": numbers.tables(at=timezone.now()), "headings": numbers.HEADINGS},
    )


def _answered(
    request: HttpRequest, rule: Callable[[Ticked], object], words: str, *, is_emailed: bool
) -> HttpResponse:
    chosen = answering.ticked(request.POST.getlist("case"))
    if not chosen:
        messages.warning(request, NOBODY)
    done, refused = answering.each(chosen, rule)
    _say(request, done, words, is_emailed=is_emailed)
    for one in refused:
        messages.warning(request, one.sentence)
    return _back(request)


def _say(request: HttpRequest, done: list[Ticked], words: str, *, is_emailed: bool) -> None:
    """Say who was answered, and whom no email reaches."""
    if done:
        messages.success(request, words.format(who=in_a_row(dict.fromkeys(one.member.name for one in done))))
    if is_emailed and (unreached := answering.unreached(done)):
        messages.warning(request, UNREACHED.format(who=in_a_row(unreached)))


def _looks(request: HttpRequest) -> Looks | None:
    if request.method != "POST":
        return None
    if "look" in request.POST:  # the button stands in the form of the list, which says where to go on
        return Looks.PRESSED
    return Looks.GOES_ON if ANSWERED & request.POST.keys() else Looks.PRESSED


def _back(request: HttpRequest) -> HttpResponse:
    """Go back to the list as it was looked at: by POST again, so that the next one can be answered."""
    return redirect(_list(request), preserve_request=True)


def _list(request: HttpRequest) -> str:
    """Return the list with its filters and page. No other page: what is sent there is sent again by POST."""
    here, url = reverse("team:needs"), next_url(request)
    return url if urlsplit(url).path == here else here

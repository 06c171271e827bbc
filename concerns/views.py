"""Reporting a concern, and the page where whoever reported reads the answer and writes more.

Nothing of either page is kept by a browser, nothing stands in their addresses, and what is wrong with what
was sent is written into no log.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from common.http import parse_id
from concerns import readers, reporting
from concerns.forms import CodeForm, ConcernForm, MoreForm
from concerns.models import Concern
from concerns.refusals import ConcernRefused, WrongCode
from concerns.working_days import answer_by
from events.models import Event
from events.views.loading import event_or_404
from members.readers import reader_of

View = Callable[[HttpRequest, str], HttpResponse]


def _kept_nowhere(view: View) -> View:
    """Let no browser and no proxy keep the page, and no report of a fault what was typed."""

    @wraps(view)
    @sensitive_post_parameters()
    def guarded(request: HttpRequest, slug: str) -> HttpResponse:
        response = view(request, slug)
        response["Cache-Control"] = "private, no-store"
        return response

    return guarded


@require_safe
def nearest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # Django names it
    """Lead to the page of the event that is on, or next, or was last; to the team's contact without one."""
    today = timezone.localdate()
    event = Event.objects.upcoming(today).first() or Event.objects.held(today).first()
    return redirect("concerns:report", event.slug) if event else redirect("contact")


@require_http_methods(["GET", "HEAD", "POST"])
@_kept_nowhere
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what to do in danger and who reads it; take what somebody tells, and show their code once."""
    event, now, reader = event_or_404(request, slug), timezone.now(), reader_of(request)
    named, desk = readers.of_event(event), readers.desk_of(event)
    form = ConcernForm(
        request.POST if request.method == "POST" else None,
        initial={"session": request.GET.get("session")},
        event=event,
        readers=named,
        member=reader,
    )
    context = {"event": event, "desk": desk, "readers": named, "form": form}
    context["answer_by"] = answer_by(now, desk.answer_days, event.zone)
    if request.method == "POST" and form.is_valid():
        told = form.told()
        try:
            code = reporting.report(event, told, at=now)
        except ConcernRefused as refusal:
            form.add_error(None, str(refusal))
            form.show_readers(named)
        else:
            return render(
                request,
                "concerns/reported.html",
                context | {"code": code, "told": told, "site_url": settings.SITE_URL},
            )
    return render(request, "concerns/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_kept_nowhere
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was reported with a code, or with their name, and what was answered; take what they add."""
    event, reader = event_or_404(request, slug), reader_of(request)
    is_sent, is_more = request.method == "POST", "more" in request.POST
    form, more = CodeForm(request.POST if is_sent else None), MoreForm(request.POST if is_more else None)
    found, is_added = None, False
    try:
        if is_sent and (form.is_valid() or "concern" in request.POST):
            found = _found(request, event)
        if found and is_more and more.is_valid():
            reporting.write_more(found, more.cleaned_data["more"], at=timezone.now())
            found, more, is_added = _found(request, event), MoreForm(), True
    except ConcernRefused as refusal:
        (more if found else form).add_error(None, str(refusal))
    event = found.event if found else event  # the code may be of another one than the page
    context = {"event": event, "form": form, "more": more, "found": found, "is_added": is_added}
    context["code"] = request.POST.get("secret_code", "")[:60] if found else ""
    context["own"] = reporting.own(event, reader)
    return render(request, "concerns/answer.html", context)


def _found(request: HttpRequest, event: Event) -> Concern:
    """Return the concern that a form names: by its code, or by its number where it is the reader's own.

    Raises ``WrongCode`` and ``TooManyCodes``.
    """
    code, pk = request.POST.get("secret_code", ""), parse_id(request.POST.get("concern"))
    if code or not pk:
        return reporting.by_code(code, at=timezone.now())
    own = {one.pk: one for one in reporting.own(event, reader_of(request))}
    if pk not in own:
        raise WrongCode
    return own[pk]

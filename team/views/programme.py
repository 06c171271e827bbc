"""The whole programme of an event: used again another year, moved by an interval, its drafts published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common import refill_forms
from common.http import parse_id
from common.words import counted
from events.models import Event, Session
from events.publishing import OpensAtOnce
from team.guards import acting_member, allowed_if, may_change_sessions, may_make_events, may_see_needs
from team.programme_forms import CopyForm, ShiftForm
from team.sessions import overview
from team.sessions.loading import event_or_404
from workshops.programme import copying, drafts, shifting
from workshops.programme.changes import ProgrammeRefused


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_make_events)
def copy(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what the new event is called and when it is, show what would be made, and make it."""
    source = event_or_404(slug)
    suggested = copying.suggestion(source)
    form = CopyForm(_sent(request), initial=vars(suggested))
    act = request.POST.get("act")
    if request.method == "POST" and form.is_valid() and act != "change":
        if act == "copy" and (event := _copy(request, source, form)):
            return redirect("team:event", event.slug)
        if act != "copy" and (plan := _plan_of_copy(source, form)):
            context = {"source": source, "form": form, "plan": plan, "ticks": _ticks()}
            return render(request, "team/sessions/copy_preview.html", context)
    return render(request, "team/sessions/copy.html", {"source": source, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def shift(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask how far sessions move, show each with its new time and whom it mails, and move them."""
    event = event_or_404(slug)
    form = ShiftForm(_sent(request), event=event)
    act = request.POST.get("act")
    if request.method == "POST" and form.is_valid() and act != "change":
        try:
            if act == "shift":
                return _shift(request, event, form)
            plan = shifting.look(event, form.interval, at=timezone.now())
        except (ProgrammeRefused, OpensAtOnce) as refusal:
            form.add_error(None, str(refusal))
        else:
            if plan.moves:
                return _look_at_shift(request, event, form, plan)
            form.add_error("which", "None of these sessions can move: they have begun, or are cancelled.")
    return render(request, "team/sessions/shift.html", {"event": event, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the drafts of an event with what each lacks, and publish those that are ticked."""
    event = event_or_404(slug)
    if request.method == "POST":
        chosen = [parse_id(one) for one in request.POST.getlist("session")]
        number = drafts.publish(event, chosen, by=acting_member(request), at=timezone.now())
        said = counted(number, "%(count)s session is", "%(count)s sessions are")
        level = messages.SUCCESS if number else messages.WARNING
        messages.add_message(request, level, f"{said} published." if number else "Tick what you mean first.")
        return redirect("team:event" if number else "team:event_publish", slug)
    sees = may_see_needs(acting_member(request))
    rows = overview.state_of(event, at=timezone.now(), sees_needs=sees).rows
    found = [row for row in rows if row.session.status == Session.Status.DRAFT]
    context = {"event": event, "rows": found, "ticks": _ticks()}
    return render(request, "team/sessions/publish.html", context)


def _plan_of_copy(source: Event, form: CopyForm) -> copying.Plan | None:
    try:
        return copying.look(source, form.wanted)
    except copying.NotCopied as refusal:
        form.add_error("first_day", str(refusal))
        return None


def _copy(request: HttpRequest, source: Event, form: CopyForm) -> Event | None:
    chosen = {parse_id(one) for one in request.POST.getlist("session")}
    try:
        event = copying.copy(source, form.wanted, chosen, by=acting_member(request), at=timezone.now())
    except copying.NotCopied as refusal:
        form.add_error("slug", str(refusal))
        return None
    made = counted(event.sessions.count(), "%(count)s session", "%(count)s sessions")
    messages.success(request, f"{event} is here, as a draft, with {made}. Nobody but the team sees it.")
    return event


def _shift(request: HttpRequest, event: Event, form: ShiftForm) -> HttpResponse:
    by, at, seen = acting_member(request), timezone.now(), request.POST.get("seen", "")
    try:
        done = shifting.shift(event, form.interval, seen, by=by, at=at)
    except shifting.ShiftChanged as refusal:
        messages.warning(request, str(refusal))
        return _look_at_shift(request, event, form, refusal.plan)
    moved = counted(len(done.moves), "%(count)s session has", "%(count)s sessions have")
    emails = counted(done.emails, "%(count)s email is", "%(count)s emails are")
    messages.success(request, f"{moved} moved. {emails} on the way.")
    return redirect("team:event", event.slug)


def _look_at_shift(request: HttpRequest, event: Event, form: ShiftForm, plan: shifting.Plan) -> HttpResponse:
    context = {
        "event": event,
        "form": form,
        "plan": plan,
        "moves": counted(len(plan.moves), "%(count)s session moves", "%(count)s sessions move"),
        "emails": counted(plan.emails, "%(count)s email", "%(count)s emails"),
        "clashing": counted(plan.clashing, "%(count)s clash", "%(count)s clashes"),
    }
    return render(request, "team/sessions/shift_preview.html", context)


def _ticks() -> set[str]:
    """Return what was ticked before, on a page that met the log-in; nothing where there is none."""
    return set(refill_forms.answers("session"))


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None

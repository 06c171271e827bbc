"""Changing a session: what is typed, what saving it does, and one press that saves just that."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from audit.acts import Act
from common.words import counted
from events.models import Session
from events.places import CapacityBelowTaken
from team.guards import acting_member, allowed_if, may_change_sessions, may_see_needs
from team.sessions import foresight, meanwhile
from team.sessions.change_form import ChangeForm
from team.sessions.loading import session_or_404
from workshops.programme import foreseen
from workshops.programme.changes import ProgrammeRefused
from workshops.programme.effects import Effects


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def change(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Ask for time, room and places, show what they do, and save what was seen."""
    session = session_or_404(slug, session_slug)
    if request.method == "POST" and session.status == session.Status.CANCELLED:
        return _cancelled_meanwhile(request, session)
    if not session.is_live or session.status == session.Status.CANCELLED:
        raise Http404
    with timezone.override(session.zone):
        form = ChangeForm(request.POST if request.method == "POST" else None, session=session)
        if request.method == "POST" and form.is_valid() and request.POST.get("act") != "change":
            return _look_or_save(request, form)
        return _ask(request, form)


def _ask(request: HttpRequest, form: ChangeForm) -> HttpResponse:
    return render(request, "team/sessions/change.html", {"session": form.session, "form": form})


def _look_or_save(request: HttpRequest, form: ChangeForm) -> HttpResponse:
    session, at = form.session, timezone.now()
    if request.POST.get("act") == "save":
        try:
            done = _save(request, form)
        except foreseen.NotWhatWasSeen as refusal:
            return _stale(request, form, refusal)
        except (ProgrammeRefused, CapacityBelowTaken) as refusal:
            form.add_error(None, str(refusal))
            return _ask(request, form)
        messages.success(request, _saved(done))
        return redirect("team:session", session.event.slug, session.slug)
    return _look(request, form, foreseen.look(form.wanted(), form.capacity, at=at))


def _stale(request: HttpRequest, form: ChangeForm, refusal: foreseen.NotWhatWasSeen) -> HttpResponse:
    """Show what saving does now, and who changed what meanwhile; where that is what was typed, say so."""
    meant = meanwhile.since(form.session, form.cleaned_data["opened"])
    if meant and not refusal.effects.changes:
        messages.info(request, f"It is as you typed it already, so nothing was saved twice. {meant}")
        return redirect("team:session", form.session.event.slug, form.session.slug)
    return _look(request, form, refusal.effects, stale=" ".join(filter(None, [meant, str(refusal)])))


def _cancelled_meanwhile(request: HttpRequest, session: Session) -> HttpResponse:
    """Lead to its page, and say who cancelled it and what is not saved."""
    said, _by = meanwhile.last(session, Act.SESSION_CANCELLED)
    names = ("starts_at_0", "starts_at_1", "ends_at_0", "ends_at_1", "room", "places")
    typed = ", ".join(filter(None, (request.POST.get(name, "").strip() for name in names)))
    kept = f" You had typed: {typed}." if typed else ""
    messages.warning(request, f"It is cancelled, so it was not changed. {said}{kept} Bring it back first.")
    return redirect("team:session", session.event.slug, session.slug)


def _saved(done: Effects) -> str:
    """Say what was done, and to whom."""
    told = [f"Saved. Emailed: {done.whom}."] if done.mailed else ["Saved."]
    if done.clashes:
        one = "%(count)s of them has two sessions at once, and is asked which they keep."
        many = "%(count)s of them have two sessions at once, and are asked which they keep."
        told.append(counted(len(done.clashes), one, many))
    return " ".join(told)


def _save(request: HttpRequest, form: ChangeForm) -> Effects:
    return foreseen.save(
        form.session,
        form.values,
        form.capacity,
        seen=request.POST.get("seen", ""),
        by=acting_member(request),
        at=timezone.now(),
    )


def _look(request: HttpRequest, form: ChangeForm, effects: Effects, stale: str = "") -> HttpResponse:
    if not effects.changes:
        form.add_error(None, "Nothing is different yet: change something, or go back.")
        return _ask(request, form)
    form.carry()
    context = {
        "session": form.session,
        "form": form,
        "effects": effects,
        "turns": foresight.turns(effects, at=timezone.now()),
        "gaps": foresight.gaps_of(
            effects, sees_needs=may_see_needs(acting_member(request)), at=timezone.now()
        ),
        "stale": stale,
    }
    return render(request, "team/sessions/change_preview.html", context)

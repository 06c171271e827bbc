"""A caller without an account: one form makes the account, registers and books."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common import refill_forms
from events.models import Event, Session
from events.registration import RegistrationRefused
from members.models import Member
from team.caller_forms import NewCallerForm
from team.guards import acting_member, allowed_if, may_book_for_people, may_make_accounts, may_register_people
from team.people import on_offer, welcoming
from team.views.helping import page_of


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_make_accounts)
def new(request: HttpRequest) -> HttpResponse:
    """Ask who they are, say whom it mails, and make all of it; what is refused stays as it was typed."""
    by, at = acting_member(request), timezone.now()
    events = on_offer.events_open(at=at) if may_register_people(by) else []
    asked = request.POST.get("event") or request.GET.get("event") or ""
    event = on_offer.event_named(asked, events) if may_register_people(by) else None
    sessions = on_offer.sessions_of(event, at=at) if event and may_book_for_people(by) else []
    ticks = request.POST.getlist("session") if request.method == "POST" else refill_forms.answers("session")
    numbers = ticks if may_book_for_people(by) else []
    ticked = on_offer.ticked_in(event, sessions, numbers)
    suggested = _suggested(request.GET.get("q", ""))
    form = NewCallerForm(request.POST or None, event=event, ticked=len(ticked), initial=suggested)
    owner: Member | None = None
    if request.method == "POST" and form.is_valid():
        try:
            return _welcomed(request, _welcome(form, event, ticked, by=by, at=at))
        except welcoming.CallerKnown as refusal:
            owner = refusal.owner
            form.add_error("email", str(refusal))
        except RegistrationRefused as refusal:
            form.add_error(None, f"Nothing was made. {refusal.of(form.cleaned_data['name'])}")
    context = {
        "form": form,
        "event": event,
        "others": [one for one in events if one != event],
        "days": on_offer.by_day(sessions, ticked),
        "number": len(sessions),
        "ticked": len(ticked),
        "owner": owner,
    }
    return render(request, "team/people/new.html", context)


def _suggested(words: str) -> dict[str, Any]:
    """Begin with what was looked for in vain: an address, or a name."""
    words = " ".join(words.split())[:150]
    return {"email" if "@" in words else "name": words, "register": True}


def _welcome(
    form: NewCallerForm, event: Event | None, ticked: list[Session], **acts: Any
) -> welcoming.Welcomed:
    """Make it of a valid form. Raises what ``welcoming.welcome`` does."""
    wanted = event if form.cleaned_data.get("register") else None
    is_member = form.cleaned_data["is_member"]
    heard = form.heard() if wanted else {}
    return welcoming.welcome(
        form.details(), is_member=is_member, event=wanted, sessions=ticked, **acts, **heard
    )


def _welcomed(request: HttpRequest, made: welcoming.Welcomed) -> HttpResponse:
    """Say what became of each part, and go to the person's page."""
    said = f"{made.member.name} has an account. We are emailing them how to log in."
    if made.registration is None:
        messages.success(request, said)
        return redirect(page_of(made.member))
    event = made.registration.event
    messages.success(request, f"{said} {event}: {made.registration.get_status_display().lower()}.")
    for one in made.sessions:
        tell = messages.warning if one.is_refused else messages.success
        tell(request, f"{one.session.title}: {'not booked. ' if one.is_refused else ''}{one.words}")
    return redirect(page_of(made.member, event))

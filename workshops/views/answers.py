"""How an act is answered: back to the same card, or with the fragments that it has changed.

Without JavaScript the answer is a redirect to the card and a note that waits for it; htmx gets the
same fragments that the page includes: on the agenda the slots at that time and the summary, elsewhere
the session's own state. What became of it is said once, politely, in the live region of every page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from events.models import Session
from workshops import agenda
from workshops.refusals import BookingRefused
from workshops.views.loading import Desk, desk_or_404

P = ParamSpec("P")
LEVELS = {"success": messages.SUCCESS, "info": messages.INFO, "warning": messages.WARNING}


@dataclass(frozen=True)
class Note:
    """What became of an act: ``kind`` is success, info or warning, ``text`` says all of it.

    ``card`` is what the card shows: only what its state does not say by itself.
    """

    kind: str
    text: str
    card: str


Act = Callable[[Desk], "Note | HttpResponse"]
Ask = Callable[[Desk], HttpResponse]


def said(kind: str, text: str) -> Note:
    """Return a note that the card shows in full."""
    return Note(kind, text, text)


def act(ask: Ask | None = None) -> Callable[[Act], Callable[..., HttpResponse]]:
    """Make a view of an act: POST does it, and where ``ask`` is given GET is the page that asks first."""

    def decorate(do: Act) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"] if ask else ["POST"])
        @logged_in
        @wraps(do)
        def view(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
            desk = desk_or_404(request, slug, session_slug)
            if desk is None:
                return to_page(request, reverse("workshops:agenda", args=[slug]))
            if ask and request.method != "POST":
                return ask(desk)
            try:
                became = do(desk)
            except BookingRefused as refusal:
                became = said("warning", str(refusal))
            return answer(desk, became) if isinstance(became, Note) else became

        return view

    return decorate


def answer(desk: Desk, note: Note) -> HttpResponse:
    """Answer an act: the changed fragments for htmx, a redirect to the card for everybody else."""
    htmx = cast(HtmxDetails, desk.request.htmx)  # type: ignore[attr-defined]  # set by HtmxMiddleware
    if not htmx:
        return back(desk, note)
    if (htmx.target or "").startswith("slot-"):
        return _slots(desk, note)
    state = agenda.all_states(desk.registration, at=desk.at, around=desk.session)[desk.session.pk]
    return render(desk.request, "workshops/_state_answer.html", {"state": state, "note": note})


def back(desk: Desk, note: Note) -> HttpResponse:
    """Go back to where she pressed, with a note on the card (a page other than the agenda says it on top)."""
    page, card = page_of(desk.request), anchor(desk.session)
    if page:
        messages.add_message(desk.request, LEVELS[note.kind], note.text)
        return redirect(page if note.kind == "warning" else f"{page}#{card}")
    if note.card:
        messages.add_message(desk.request, LEVELS[note.kind], note.card, extra_tags=card)
    return redirect(f"{reverse('workshops:agenda', args=[desk.session.event.slug])}#{card}")


def to_page(request: HttpRequest, url: str) -> HttpResponse:
    """Go on to another page, from a form as from htmx (which would show it inside this one)."""
    is_htmx = bool(request.htmx)  # type: ignore[attr-defined]  # set by HtmxMiddleware
    return HttpResponseClientRedirect(url) if is_htmx else redirect(url)


def logged_in(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Send a visitor to log in and then to the page, never to the address of an act, which is none."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request, slug = cast(HttpRequest, args[0]), kwargs["slug"]
        if request.user.is_authenticated:
            return view(*args, **kwargs)
        page = page_of(request) or reverse("workshops:agenda", args=[slug])
        return to_page(request, redirect_to_login(page).url)

    return guarded


def anchor(session: Session) -> str:
    """Return the id of a session's card on every page."""
    return f"session-{session.pk}"


def page_of(request: HttpRequest) -> str:
    """Return the page of this site on which she pressed, empty where none is named."""
    page = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours else ""


def _slots(desk: Desk, note: Note) -> HttpResponse:
    hers = agenda.read(desk.registration, at=desk.at)
    slot = hers.slot_of(desk.session)
    context = {
        "agenda": hers,
        "slot": slot,
        "others": [other for other in hers.touched_by(desk.session) if other.id != slot.id],
        "notes": {anchor(desk.session): note},
        "note": note,
    }
    return render(desk.request, "workshops/_agenda_answer.html", context)

"""What an act works on, and how it is answered: back to its card, or with the fragments it has changed.

Without JavaScript the answer is a redirect to the part with state and buttons, and a note that waits for
it; htmx gets the same fragments that the page includes: on the agenda the slots at that time and the
summary, elsewhere the session's own state. Either way that part is a group named by what became of the
act and by the session, and the focus comes to stand on it: the opposite act is one Tab further, so
pressing twice undoes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import FilteredRelation, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from common.http import next_url, redirect_or_htmx
from common.statements import Statement
from common.words import titles
from events.calls_to_action import Standing, standing_of, standing_with
from events.models import Event, Registration, Session
from events.views.loading import PREVIEW, event_or_404, may_preview
from members.accounts import second_factor
from members.models import Member
from members.readers import reader_of
from workshops.agenda import reading, state_lookup
from workshops.models import Booking, Workshop
from workshops.places.refusals import BookingRefused

P = ParamSpec("P")
LEVELS = {"success": messages.SUCCESS, "info": messages.INFO, "warning": messages.WARNING}
#: What the id of a session's card begins with.
CARD = "session-"
NOTHING_CHANGED = gettext_lazy("Nothing has changed")


@dataclass(frozen=True)
class BookingRequest:
    """What an act works on: their registration, the session, the moment, and what came with the request."""

    request: HttpRequest
    registration: Registration
    session: Session
    at: datetime

    @property
    def member(self) -> Member:
        """Whose registration it is, who acts for themselves."""
        return self.registration.member

    @property
    def places(self) -> Workshop:
        """The places of the session, or 404 where nobody books it."""
        places: Workshop | None = getattr(self.session, "workshop", None)
        if places is None:
            raise Http404
        return places

    def booking(self, *statuses: str) -> Booking:
        """Return their latest booking of the session, of one of ``statuses`` where given, or 404."""
        whose = {"registration": self.registration.pk, "session": self.session.pk}
        own = Booking.objects.filter(**whose, status__in=statuses)
        latest = own.first() if statuses else _LATEST.first(**whose)
        if latest is None:
            raise Http404
        latest.session = self.session
        return latest


@dataclass(frozen=True)
class Note:
    """What became of an act: ``kind`` is success, info or warning.

    ``outcome`` says it in a few words ("Booked"), ``more`` in sentences what the state of the session
    does not say by itself. A note without an outcome says nothing.
    """

    kind: str
    outcome: str = ""
    more: str = ""

    def written(self, session: Session) -> str:
        """Return all of it as it waits for the next page, in three lines that can be read as one."""
        return f"{self.outcome}:\n{titles([session])}.\n{self.more}"

    @classmethod
    def read(cls, kind: str, text: str) -> "Note":
        """Return the note that was written as ``text``."""
        outcome, _, rest = text.partition(":\n")
        return cls(kind, outcome, rest.rpartition("\n")[2])


Act = Callable[[BookingRequest], "Note | HttpResponse"]
Ask = Callable[[BookingRequest], HttpResponse]


def refused(why: str) -> Note:
    """Return a note of what is not so, and why."""
    return Note("warning", str(NOTHING_CHANGED), why)


def action(ask: Ask | None = None) -> Callable[[Act], Callable[..., HttpResponse]]:
    """Make a view of an act: POST does it, and where ``ask`` is given GET is the page that asks first."""

    def decorate(do: Act) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"] if ask else ["POST"])
        @logged_in
        @wraps(do)
        def view(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
            asked = booking_request_or_404(request, slug, session_slug)
            if asked is None:
                return redirect_or_htmx(request, reverse("workshops:agenda", args=[slug]))
            if ask and request.method != "POST":
                return ask(asked)
            try:
                became = do(asked)
            except BookingRefused as refusal:
                became = refused(str(refusal))
            return answer(asked, became) if isinstance(became, Note) else became

        return view

    return decorate


def answer(asked: BookingRequest, note: Note) -> HttpResponse:
    """Answer an act: the changed fragments for htmx, a redirect to the card for everybody else."""
    htmx = cast(HtmxDetails, asked.request.htmx)  # type: ignore[attr-defined]  # set by HtmxMiddleware
    if not htmx:
        return back(asked, note)
    if (htmx.target or "").startswith("slot-"):
        return _slots(asked, note)
    states = state_lookup.states_around(asked.session, asked.registration, at=asked.at)
    state = states.get(asked.session.pk)
    if state is None:
        return _page_anew(asked, note)
    return render(asked.request, "workshops/_state_answer.html", {"state": state, "note": note})


def back(asked: BookingRequest, note: Note) -> HttpResponse:
    """Go back to where they pressed, with a note: the page opens at it."""
    _leave(asked, note)
    return redirect(f"{_page_of(asked)}#booking-{asked.session.pk}")


def _page_anew(asked: BookingRequest, note: Note) -> HttpResponse:
    """Load the page anew: the session has gone from it, so no part of it can be answered."""
    _leave(asked, note)
    return redirect_or_htmx(asked.request, _page_of(asked))


def _page_of(asked: BookingRequest) -> str:
    return next_url(asked.request) or reverse("workshops:agenda", args=[asked.session.event.slug])


def _leave(asked: BookingRequest, note: Note) -> None:
    """Leave a note for the card on the page that comes next."""
    if note.outcome:
        text, card = note.written(asked.session), anchor(asked.session)
        messages.add_message(asked.request, LEVELS[note.kind], text, extra_tags=card)


def notes_of(request: HttpRequest) -> dict[str, Note]:
    """Return the notes that wait for a card, by the id of the card."""
    waiting = (one for one in messages.get_messages(request) if one.extra_tags.startswith(CARD))
    return {one.extra_tags: Note.read(one.level_tag, one.message) for one in waiting}


def logged_in(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Send a visitor to log in and then to the page, never to the address of an act, which is none."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request, slug = cast(HttpRequest, args[0]), kwargs["slug"]
        if request.user.is_authenticated:
            return view(*args, **kwargs)
        page = next_url(request) or reverse("workshops:agenda", args=[slug])
        return redirect_or_htmx(request, redirect_to_login(page).url)

    return guarded


def anchor(session: Session) -> str:
    """Return the id of a session's card on every page."""
    return f"{CARD}{session.pk}"


def _slots(asked: BookingRequest, note: Note) -> HttpResponse:
    agenda = reading.agenda_of(asked.registration, at=asked.at)
    slot = agenda.slot_of(asked.session)
    if slot is None:
        return _page_anew(asked, note)
    context = {
        "agenda": agenda,
        "slot": slot,
        "others": [other for other in agenda.touched_by(asked.session) if other.id != slot.id],
        "notes": {anchor(asked.session): note},
    }
    return render(asked.request, "workshops/_agenda_answer.html", context)


def standing_or_404(request: HttpRequest, slug: str) -> Standing:
    """Return where the logged-in reader stands with a public event."""
    return standing_of(event_or_404(request, slug), reader_of(request))


_LATEST = Statement(
    lambda registration, session: Booking.objects.filter(registration=registration, session=session)[:1]
)


def _session(event: str, slug: str, member: int) -> "QuerySet[Session]":
    """Return the session with its event, places and ``own``: what registration the member has there."""
    theirs = Q(event__registrations__member=member)
    current = theirs & ~Q(event__registrations__status=Registration.Status.CANCELLED)
    own = FilteredRelation("event__registrations", condition=current)
    sessions: Any = Session.objects.public().live().filter(event__slug=event, slug=slug).annotate(own=own)
    return sessions.select_related("event", "workshop", "own")  # type: ignore[no-any-return]  # "own" has no type


_SESSION = Statement(_session)


def booking_request_or_404(request: HttpRequest, slug: str, session_slug: str) -> BookingRequest | None:
    """Return what an act on a public session of this event works on; ``None`` for who is not registered."""
    member = cast(Member, request.user)  # ``logged_in`` stands before every act
    session: Any = _SESSION.first(event=slug, slug=session_slug, member=member.pk)
    if session is None:
        raise Http404
    if session.event.status == Event.Status.DRAFT and not may_preview(request):
        second_factor.refuse(request, PREVIEW)
    standing = standing_with(session.event, member, getattr(session, "own", None))
    if standing.registration is None or not standing.has_agenda:
        return None
    return BookingRequest(request, standing.registration, session, timezone.now())

"""Booking for somebody who rings: each act is one call of the rule that members use."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from common.words import counted, titles
from events.models import Registration
from team.guards import allowed_if, may_book_for_people
from team.people import programme
from team.people.by_telephone import told
from team.people.calls import call
from team.people.in_event import MAY_CHOOSE, tone_of
from team.people.search import person_or_404, typed
from team.views.helping import Help, done, event_or_404, help_or_404, page_of, refused, telling
from workshops.agenda.states import CONTESTED, OFFERED, WAITING, YOURS
from workshops.models import Booking
from workshops.places import booking, choices, deciding
from workshops.places.eligibility import find_clashes, refuse_started
from workshops.places.refusals import BookingRefused

Status = Booking.Status
PAGE_SIZE = 30
#: A tone that was on the screen → what the booking must still be for a press to mean it.
STILL = {
    YOURS: (Status.BOOKED, Status.CHOSEN),
    CONTESTED: (Status.CONTESTED,),
    WAITING: (Status.WAITING, Status.PASSED),
    OFFERED: (Status.OFFERED,),
}
ONLY_IF = "They lose it only if they get the new one."
CHANGED = "It has changed since your page was loaded. Look at it now, then press again."


class Otherwise(str):
    """What became of an act where that is not what its button said."""

    __slots__ = ()


def act(ask: Callable[[Help], HttpResponse] | None = None) -> Callable[..., Callable[..., HttpResponse]]:
    """Make a view of an act on a session for a person: POST does it; with ``ask``, GET asks first."""

    def decorate(do: Callable[[Help], str]) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"] if ask else ["POST"])
        @allowed_if(may_book_for_people)
        @wraps(do)
        def view(request: HttpRequest, pk: int, session: int) -> HttpResponse:
            helped = help_or_404(request, pk, session)
            try:
                if ask and request.method != "POST":
                    refuse_started(helped.session.workshop, helped.at)
                    return ask(helped)
                with call(helped.person, by=helped.by, at=helped.at, session=helped.session):
                    said = do(helped)
            except BookingRefused as refusal:
                return refused(request, f"Nothing has changed. {refusal.of(helped.person.name)}", helped.back)
            answer = refused if isinstance(said, Otherwise) else done
            return answer(request, f"{helped.session.title}: {said}", helped.back)

        return view

    return decorate


@require_safe
@allowed_if(may_book_for_people)
def sessions(request: HttpRequest, pk: int, event: str) -> HttpResponse:
    """List the sessions of an event that can be booked or chosen for somebody, by words of the title."""
    person, about = person_or_404(pk), event_or_404(event)
    registration = Registration.objects.filter(member=person, event=about).first()
    if registration is None or registration.status not in MAY_CHOOSE:
        words = f"{person.name} is not registered for {about}. Register them first."
        return refused(request, words, page_of(person, about))
    registration.member, registration.event = person, about
    q = typed(request.GET.get("q", ""))
    lines = programme.lines(registration, q, at=timezone.now())
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    result = counted(len(lines), "%(count)s session", "%(count)s sessions")
    context = {"person": person, "event": about, "q": q, "page": page, "result": result}
    context["back"] = request.get_full_path()
    return render(request, "team/people/sessions.html", context)


@act()
def book(helped: Help) -> str:
    """Book a place, or join the waiting list, whichever there is."""
    booked = booking.book(helped.session, helped.registration, by=helped.by, at=helped.at)
    if helped.request.POST.get("wanted") == "place" and booked.status == Status.WAITING:
        return Otherwise(f"the last place has just gone: {told(booked)}")
    return told(booked)


@act()
def choose(helped: Help) -> str:
    """Mark a session before booking opens."""
    choices.choose(helped.session, helped.registration, by=helped.by, at=helped.at)
    return "chosen for them."


@act()
def unchoose(helped: Help) -> str:
    """Take a choice back."""
    whose = Booking.objects.filter(registration=helped.registration, session=helped.session)
    for choice in whose.live()[:1]:
        choices.unchoose(choice, by=helped.by, at=helped.at)
    if whose.live().exists():
        raise BookingRefused("This is no choice any more: it has been booked.")
    return "taken out of their choices."


def _ask_decline(helped: Help) -> HttpResponse:
    if helped.booking().status != Status.OFFERED:
        return refused(helped.request, "This offer is no longer open.", helped.back)
    told_of = telling(helped.person, by=helped.by)
    lines = ["The place goes to the next in line. They keep their turn.", told_of]
    return _ask(helped, "Decline for them", lines=lines, kind="danger")


@act(ask=_ask_decline)
def decline(helped: Help) -> str:
    """Let an offered place go to the next in line."""
    if booking.decline(helped.booking(), by=helped.by, at=helped.at).status != Status.PASSED:
        raise BookingRefused("This offer is no longer open.")
    return "declined for them. The place goes to the next in line."


def _ask_cancel(helped: Help) -> HttpResponse:
    current = helped.booking()
    told_of = telling(helped.person, by=helped.by)
    if current.status in STILL[WAITING]:
        lines = ["They lose their turn: joining again is at the end of the line.", told_of]
        return _ask(helped, "Leave the waiting list", lines=lines, kind="danger", seen=WAITING)
    if current.status not in Booking.HOLDING:
        return refused(helped.request, f"{helped.person.name} has no place in this session.", helped.back)
    waiting = counted(
        helped.session.workshop.line,
        "%(count)s person waits for a place, and gets this one",
        "%(count)s people wait for a place, and the first gets this one",
    )
    lines = [f"{waiting}." if helped.session.workshop.line else "Nobody waits for a place.", told_of]
    return _ask(helped, "Give up their place", lines=lines, kind="danger", seen=tone_of(current))


@act(ask=_ask_cancel)
def cancel(helped: Help) -> str:
    """Give up a place or a turn; where it has become something else meanwhile, nothing changes."""
    before = helped.booking()
    if before.status == Status.CANCELLED:
        return "was given up already."
    only = STILL.get(helped.request.POST.get("seen", ""), ())
    if before.status not in only:
        raise BookingRefused(CHANGED)
    ended = Booking.Ended.BY_STAFF
    left = booking.cancel(before, by=helped.by, at=helped.at, ended=ended, only=only)
    if left.status != Status.CANCELLED:
        raise BookingRefused(CHANGED)
    return "they left the waiting list." if only == STILL[WAITING] else "their place is given up."


def _ask_swap(helped: Help) -> HttpResponse:
    own = Booking.objects.filter(registration=helped.registration, session=helped.session)
    if own.filter(status=Status.CONTESTED).exists():
        return redirect("team:person_decide", helped.person.pk, helped.session.pk)
    clashes = find_clashes(helped.registration, helped.session)
    replaced = [one.booking for one in clashes if one.booking]
    if helped.session.workshop.is_full or not replaced or len(replaced) < len(clashes):
        words = "There is nothing to swap: the session is full now, or their sessions have changed."
        return refused(helped.request, words, helped.back)
    return _ask(helped, "Swap", replaced=replaced, lines=[ONLY_IF, telling(helped.person, by=helped.by)])


@act(ask=_ask_swap)
def swap(helped: Help) -> str:
    """Give up what the page before has named for a place in this session."""
    if not (olds := _named(helped)):
        raise BookingRefused(CHANGED)
    booking.swap(olds, helped.session, by=helped.by, at=helped.at)
    return f"booked for them. They gave up {titles(one.session for one in olds)}."


def _ask_accept(helped: Help) -> HttpResponse:
    if helped.booking().status != Status.OFFERED:
        return refused(helped.request, "This offer is no longer open.", helped.back)
    replaced = [one.booking for one in find_clashes(helped.registration, helped.session) if one.booking]
    return _ask(helped, "Accept for them", replaced=replaced, lines=[telling(helped.person, by=helped.by)])


@act(ask=_ask_accept)
def accept(helped: Help) -> str:
    """Accept an offered place, giving up what the page before has named."""
    booking.accept(helped.booking(), by=helped.by, at=helped.at, replacing=_named(helped))
    return "accepted for them."


def _ask_decide(helped: Help) -> HttpResponse:
    place = helped.booking()
    others = list(deciding.overlapping(place))
    if place.status not in Booking.PLACED or not others:
        return refused(helped.request, "There is nothing to decide any more.", helped.back)
    lines = ["What they give up goes to the next in line at once.", telling(helped.person, by=helped.by)]
    return _ask(helped, "Keep for them", replaced=others, lines=lines)


@act(ask=_ask_decide)
def decide(helped: Help) -> str:
    """Keep this of several places that overlap, giving up what the page before has named."""
    place, named = helped.booking(), _numbers(helped)
    olds = [one for one in deciding.overlapping(place) if one.session_id in named]
    ended = Booking.Ended.BY_STAFF
    deciding.keep(place, giving_up=olds, by=helped.by, at=helped.at, ended=ended)
    gave_up = f" They gave up {titles(one.session for one in olds)}." if olds else ""
    return f"kept for them.{gave_up}"


def _ask(helped: Help, verb: str, **more: Any) -> HttpResponse:
    context = {"person": helped.person, "session": helped.session, "verb": verb, "back": helped.back} | more
    return render(helped.request, "team/people/ask.html", context)


def _named(helped: Help) -> list[Booking]:
    """Return those of their bookings that the form names by session; numbers that name none are ignored."""
    bookings = Booking.objects.with_place().filter(registration=helped.registration)
    named = bookings.filter(session_id__in=_numbers(helped))
    return list(named.select_related("session").order_by("during"))


def _numbers(helped: Help) -> list[int]:
    numbers = helped.request.POST.getlist("replace")
    return [int(one) for one in numbers if one.isascii() and one.isdecimal() and len(one) < 19]

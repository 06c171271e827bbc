"""The acts on one session: each is one call of a rule, and a sentence about what became of it."""

from django.http import HttpResponse
from django.shortcuts import render

from common.http import next_url, redirect_or_htmx
from common.words import ordinal, titles
from workshops.agenda.states import BOOKED, act_url
from workshops.models import Booking
from workshops.places import booking, choices, waiting_list
from workshops.places.eligibility import find_clashes
from workshops.views.requests import BookingRequest, Note, action, back, refused

Status = Booking.Status
OFFER_GONE = "This offer is no longer open"


@action()
def book(desk: BookingRequest) -> Note:
    """Book a place or join the waiting list, whichever there is."""
    mine = booking.book(desk.session, desk.registration, by=desk.member, at=desk.at)
    return _told(mine, wanted=desk.request.POST.get("wanted", ""))


@action()
def choose(desk: BookingRequest) -> Note:
    """Mark the session before booking opens."""
    choices.choose(desk.session, desk.registration, by=desk.member, at=desk.at)
    return Note("success", "Chosen")


@action()
def unchoose(desk: BookingRequest) -> Note:
    """Take the session out of their choices."""
    mine = Booking.objects.filter(registration=desk.registration, session=desk.session)
    for choice in mine[:1]:
        choices.unchoose(choice, by=desk.member, at=desk.at)
    if mine.live().exists():
        return refused("This is no choice any more: it has been booked.")
    return Note("success", "Taken out of your choices")


@action()
def decline(desk: BookingRequest) -> Note:
    """Let an offered place go to the next in line."""
    declined = booking.decline(desk.booking(), by=desk.member, at=desk.at)
    if declined.status != Status.PASSED:
        return Note("info", OFFER_GONE)
    return Note("success", "You declined the place", "It goes to the next in line.")


def _ask_cancel(desk: BookingRequest) -> HttpResponse:
    mine = desk.booking(*Booking.Status)
    if mine.status != Status.BOOKED:
        return back(desk, Note("info", "You have no place in this session"))
    return _ask(desk, "workshops/give_up.html", line=desk.places.line)


@action(ask=_ask_cancel)
def cancel(desk: BookingRequest) -> Note | HttpResponse:
    """Give up a place or a position in line; where others wait, this address asks first."""
    before = desk.booking()
    if before.status == Status.BOOKED and desk.places.line and "sure" not in desk.request.POST:
        return redirect_or_htmx(desk.request, act_url(desk.session, "cancel"))
    booking.cancel(before, by=desk.member, at=desk.at)
    is_line = desk.request.POST.get("wanted") == "line"
    if before.status in (Status.WAITING, Status.PASSED) or (before.status == Status.CANCELLED and is_line):
        return Note("success", "You left the waiting list")
    return Note("success", "You gave up your place")


def _ask_swap(desk: BookingRequest) -> HttpResponse:
    clashes = find_clashes(desk.registration, desk.session)
    replaced = [one.booking for one in clashes if one.booking]
    if desk.places.is_full:
        return back(desk, Note("info", "This session is full now", "Your sessions stay as they are."))
    if not replaced or len(replaced) < len(clashes):
        return back(desk, Note("info"))
    return _ask(desk, "workshops/swap.html", replaced=replaced, act="swap")


@action(ask=_ask_swap)
def swap(desk: BookingRequest) -> Note:
    """Give up what the page before this one has named for a place in this session."""
    olds = _named(desk)
    if not olds:
        return _told(
            booking.book(desk.session, desk.registration, by=desk.member, at=desk.at), wanted="place"
        )
    booking.swap(olds, desk.session, by=desk.member, at=desk.at)
    gave_up = f"You gave up {titles(old.session for old in olds)}."
    return Note("success", BOOKED, gave_up)


def _ask_accept(desk: BookingRequest) -> HttpResponse:
    offered = desk.booking(Status.OFFERED, Status.BOOKED, Status.PASSED)
    clashes = find_clashes(desk.registration, desk.session)
    replaced = [one.booking for one in clashes if one.booking]
    if offered.status != Status.OFFERED:
        return back(desk, Note("info", OFFER_GONE))
    return _ask(desk, "workshops/swap.html", replaced=replaced, act="accept", until=offered.expires_at)


@action(ask=_ask_accept)
def accept(desk: BookingRequest) -> Note:
    """Accept an offered place, giving up what the page before this one has named."""
    olds = _named(desk)
    booking.accept(desk.booking(), by=desk.member, at=desk.at, replacing=olds)
    gave_up = f"You gave up {titles(old.session for old in olds)}." if olds else ""
    return Note("success", BOOKED, gave_up)


def _ask(desk: BookingRequest, template: str, **context: object) -> HttpResponse:
    about = {"event": desk.session.event, "session": desk.session, "next": next_url(desk.request)}
    return render(desk.request, template, about | context)


def _named(desk: BookingRequest) -> list[Booking]:
    """Return those of their bookings that the form names by session; numbers that name none are ignored."""
    named = [
        int(value) for value in desk.request.POST.getlist("replace") if value.isdecimal() and len(value) < 19
    ]
    bookings = Booking.objects.booked().filter(registration=desk.registration, session_id__in=named)
    return list(bookings.select_related("session").order_by("during"))


def _told(mine: Booking, wanted: str) -> Note:
    """Say what became of a booking; ``wanted`` is what the button had promised."""
    if mine.status == Status.BOOKED:
        luck = "A place had just come free." if wanted == "line" else ""
        return Note("success", BOOKED, luck)
    if mine.status == Status.WAITING:
        outcome = f"You are {ordinal(waiting_list.position(mine) or 1)} on the waiting list"
        lost = "The last place has just gone." if wanted == "place" else ""
        return Note("warning" if lost else "info", outcome, lost)
    return Note("info", "A place is held for you")

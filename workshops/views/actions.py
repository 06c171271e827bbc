"""The acts on one session: each is one call of a rule, and a sentence about what became of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.http import next_url, redirect_or_htmx
from common.words import ordinal, titles
from workshops.agenda.states import BOOKED, act_url
from workshops.models import Booking
from workshops.places import booking, choices, waiting_list
from workshops.places.eligibility import find_clashes
from workshops.views.requests import BookingRequest, Note, action, back, refused

Status = Booking.Status
OFFER_GONE = gettext_lazy("This offer is no longer open")


@action()
def book(asked: BookingRequest) -> Note:
    """Book a place or join the waiting list, whichever there is."""
    booked = booking.book(asked.session, asked.registration, by=asked.member, at=asked.at)
    return _told(booked, wanted=asked.request.POST.get("wanted", ""))


@action()
def choose(asked: BookingRequest) -> Note:
    """Mark the session before booking opens."""
    choices.choose(asked.session, asked.registration, by=asked.member, at=asked.at)
    return Note("success", _("Chosen"))


@action()
def unchoose(asked: BookingRequest) -> Note:
    """Take the session out of their choices."""
    booked = Booking.objects.filter(registration=asked.registration, session=asked.session)
    for choice in booked[:1]:
        choices.unchoose(choice, by=asked.member, at=asked.at)
    if booked.live().exists():
        return refused(_("This is no choice any more: it has been booked."))
    return Note("success", _("Taken out of your choices"))


@action()
def decline(asked: BookingRequest) -> Note:
    """Let an offered place go to the next in line."""
    declined = booking.decline(asked.booking(), by=asked.member, at=asked.at)
    if declined.status != Status.PASSED:
        return Note("info", str(OFFER_GONE))
    return Note("success", _("You declined the place"), _("It goes to the next in line."))


def _ask_cancel(asked: BookingRequest) -> HttpResponse:
    booked = asked.booking(*Booking.Status)
    if booked.status != Status.BOOKED:
        return back(asked, Note("info", _("You have no place in this session")))
    return _ask(asked, "workshops/give_up.html", line=asked.places.line)


@action(ask=_ask_cancel)
def cancel(asked: BookingRequest) -> Note | HttpResponse:
    """Give up a place or a position in line; where others wait, this address asks first."""
    before = asked.booking()
    if before.status == Status.BOOKED and asked.places.line and "sure" not in asked.request.POST:
        return redirect_or_htmx(asked.request, act_url(asked.session, "cancel"))
    booking.cancel(before, by=asked.member, at=asked.at)
    is_line = asked.request.POST.get("wanted") == "line"
    if before.status in (Status.WAITING, Status.PASSED) or (before.status == Status.CANCELLED and is_line):
        return Note("success", _("You left the waiting list"))
    return Note("success", _("You gave up your place"))


def _ask_swap(asked: BookingRequest) -> HttpResponse:
    clashes = find_clashes(asked.registration, asked.session)
    replaced = [one.booking for one in clashes if one.booking]
    if asked.places.is_full:
        return back(asked, Note("info", _("This session is full now"), _("Your sessions stay as they are.")))
    if not replaced or len(replaced) < len(clashes):
        return back(asked, Note("info"))
    return _ask(asked, "workshops/swap.html", replaced=replaced, act="swap")


@action(ask=_ask_swap)
def swap(asked: BookingRequest) -> Note:
    """Give up what the page before this one has named for a place in this session."""
    olds = _named(asked)
    if not olds:
        return _told(
            booking.book(asked.session, asked.registration, by=asked.member, at=asked.at), wanted="place"
        )
    booking.swap(olds, asked.session, by=asked.member, at=asked.at)
    return Note("success", str(BOOKED), _gave_up(olds))


def _ask_accept(asked: BookingRequest) -> HttpResponse:
    offered = asked.booking(Status.OFFERED, Status.BOOKED, Status.PASSED)
    clashes = find_clashes(asked.registration, asked.session)
    replaced = [one.booking for one in clashes if one.booking]
    if offered.status != Status.OFFERED:
        return back(asked, Note("info", str(OFFER_GONE)))
    return _ask(asked, "workshops/swap.html", replaced=replaced, act="accept", until=offered.expires_at)


@action(ask=_ask_accept)
def accept(asked: BookingRequest) -> Note:
    """Accept an offered place, giving up what the page before this one has named."""
    olds = _named(asked)
    booking.accept(asked.booking(), by=asked.member, at=asked.at, replacing=olds)
    return Note("success", str(BOOKED), _gave_up(olds) if olds else "")


def _ask(asked: BookingRequest, template: str, **context: object) -> HttpResponse:
    about = {"event": asked.session.event, "session": asked.session, "next": next_url(asked.request)}
    return render(asked.request, template, about | context)


def _named(asked: BookingRequest) -> list[Booking]:
    """Return those of their bookings that the form names by session; numbers that name none are ignored."""
    named = [
        int(value) for value in asked.request.POST.getlist("replace") if value.isdecimal() and len(value) < 19
    ]
    bookings = Booking.objects.booked().filter(registration=asked.registration, session_id__in=named)
    return list(bookings.select_related("session").order_by("during"))


def _gave_up(olds: list[Booking]) -> str:
    return _("You gave up %(sessions)s.") % {"sessions": titles(old.session for old in olds)}


def _told(booked: Booking, wanted: str) -> Note:
    """Say what became of a booking; ``wanted`` is what the button had promised."""
    if booked.status == Status.BOOKED:
        luck = _("A place had just come free.") if wanted == "line" else ""
        return Note("success", str(BOOKED), luck)
    if booked.status == Status.WAITING:
        position = {"position": ordinal(waiting_list.position(booked) or 1)}
        outcome = _("You are %(position)s on the waiting list") % position
        lost = _("The last place has just gone.") if wanted == "place" else ""
        return Note("warning" if lost else "info", outcome, lost)
    return Note("info", _("A place is held for you"))

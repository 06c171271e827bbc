"""The acts on one session: each is one call of a rule, and a sentence about what became of it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.http import next_url, redirect_or_htmx
from common.words import ordinal, titles
from workshops.agenda.states import BOOKED, act_url
from workshops.models import Booking
from workshops.places import booking, choices, deciding, last_minutes, waiting_list
from workshops.places.eligibility import find_clashes
from workshops.views.requests import BookingRequest, Note, action, back, refused

Status = Booking.Status


@dataclass(frozen=True)
class Option:
    """One of several places at one time, and what keeping it gives up."""

    place: Booking
    gives_up: list[Booking]


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
    if booked.status not in Booking.PLACED:
        return back(asked, Note("info", _("You have no place in this session")))
    return _ask(asked, "workshops/give_up.html", line=asked.places.line)


@action(ask=_ask_cancel)
def cancel(asked: BookingRequest) -> Note | HttpResponse:
    """Give up a place or a position in line; where others wait, this address asks first."""
    before = asked.booking()
    if before.status in Booking.PLACED and asked.places.line and "sure" not in asked.request.POST:
        return redirect_or_htmx(asked.request, act_url(asked.session, "cancel"))
    booking.cancel(before, by=asked.member, at=asked.at)
    is_line = asked.request.POST.get("wanted") == "line"
    if before.status in (Status.WAITING, Status.PASSED) or (before.status == Status.CANCELLED and is_line):
        return Note("success", _("You left the waiting list"))
    return Note("success", _("You gave up your place"))


def _ask_swap(asked: BookingRequest) -> HttpResponse:
    own = Booking.objects.filter(registration=asked.registration, session=asked.session)
    if own.filter(status=Status.CONTESTED).exists():
        return _ask_decide(asked)
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


def _ask_take(asked: BookingRequest) -> HttpResponse:
    clashes = find_clashes(asked.registration, asked.session)
    replaced = [one.booking for one in clashes if one.booking]
    if not replaced or len(replaced) < len(clashes):
        return back(asked, Note("info"))
    return _ask(asked, "workshops/swap.html", replaced=replaced, act="take")


@action(ask=_ask_take)
def take(asked: BookingRequest) -> Note:
    """Take a place that is free in the last half hour, giving up what the page before this one has named."""
    olds = _named(asked)
    last_minutes.take(asked.session, asked.registration, by=asked.member, at=asked.at, replacing=olds)
    return Note("success", str(BOOKED), _gave_up(olds) if olds else "")


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


def _ask_decide(asked: BookingRequest) -> HttpResponse:
    place = asked.booking()
    options = [place, *deciding.overlapping(place)]
    if place.status not in Booking.PLACED or len(options) == 1:
        return back(asked, Note("info", _("There is nothing to decide any more")))
    given_up = {one.pk: list(deciding.overlapping(one)) for one in options[1:]}
    shown = [Option(one, given_up.get(one.pk, options[1:])) for one in options]
    until = [one.expires_at for one in options if one.expires_at]
    stays = [one.session for one in options if one.status == Status.BOOKED]
    return _ask(asked, "workshops/decide.html", options=shown, until=min(until), stays=stays)


@action(ask=_ask_decide)
def decide(asked: BookingRequest) -> Note:
    """Keep this session, giving up what the page before this one has named."""
    place, named = asked.booking(), _numbers(asked)
    olds = [one for one in deciding.overlapping(place) if one.session_id in named]
    deciding.keep(place, giving_up=olds, by=asked.member, at=asked.at)
    return Note("success", str(BOOKED), _gave_up(olds) if olds else "")


def _ask(asked: BookingRequest, template: str, **context: object) -> HttpResponse:
    about = {"event": asked.session.event, "session": asked.session, "next": next_url(asked.request)}
    return render(asked.request, template, about | context)


def _named(asked: BookingRequest) -> list[Booking]:
    """Return those of their bookings that the form names by session; numbers that name none are ignored."""
    bookings = Booking.objects.with_place().filter(registration=asked.registration)
    named = bookings.filter(session_id__in=_numbers(asked))
    return list(named.select_related("session").order_by("during"))


def _numbers(asked: BookingRequest) -> list[int]:
    named = asked.request.POST.getlist("replace")
    return [int(value) for value in named if value.isdecimal() and len(value) < 19]


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
    if booked.status == Status.CONTESTED:
        return Note("info", _("Decide which to keep"))
    return Note("info", _("A place is held for you"))

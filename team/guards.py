"""Who may open the team's pages. A visitor logs in first, and then comes to a page, never to an act."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from common.http import next_url, redirect_or_htmx
from members.capabilities import (
    CHANGE_BOOKINGS,
    CHANGE_MEMBERS,
    CHANGE_PROGRAMME,
    MODERATE,
    REMOVE_PEOPLE,
    SEE_ACCESS_NEEDS,
    SEE_EVENTS,
    SEE_GUESTS_ADDRESSES,
    SEND_ANNOUNCEMENTS,
)
from members.models import Member
from members.readers import reader_of

P = ParamSpec("P")


def may_moderate(member: Member) -> bool:
    """Whether they decide about comments; rights count with the tick for staff only (``Member.has_perm``)."""
    return member.has_perm(MODERATE)


def may_see_addresses(member: Member) -> bool:
    """Whether a moderator may see the address of a guest, one at a time."""
    return may_moderate(member) and member.has_perm(SEE_GUESTS_ADDRESSES)


def may_see_sessions(member: Member) -> bool:
    """Whether they see events, sessions, and who comes to them."""
    return member.has_perm(SEE_EVENTS)


def may_change_bookings(member: Member) -> bool:
    """Whether they cancel bookings, and move people up a waiting list."""
    return may_see_sessions(member) and member.has_perm(CHANGE_BOOKINGS)


def may_see_needs(member: Member) -> bool:
    """Whether they see what people who come need to take part."""
    return may_see_sessions(member) and member.has_perm(SEE_ACCESS_NEEDS)


def may_change_programme(member: Member) -> bool:
    """Whether they edit the programme."""
    return member.has_perm(CHANGE_PROGRAMME)


def may_change_sessions(member: Member) -> bool:
    """Whether they change places on a session's page, and write to who comes: it leads back to that page."""
    return may_see_sessions(member) and member.has_perm(CHANGE_PROGRAMME)


def may_make_events(member: Member) -> bool:
    """Whether they make an event from an earlier one: it leads to that event's page."""
    return may_change_sessions(member) and member.has_perm("events.add_event")


def may_announce(member: Member) -> bool:
    """Whether they write announcements, look at them as one of the people they go to, and send them."""
    return may_see_sessions(member) and member.has_perm(SEND_ANNOUNCEMENTS)


def may_announce_again(member: Member) -> bool:
    """Whether they send an email of an announcement again that could not be sent."""
    return may_announce(member) and member.has_perm("notifications.send_message_again")


def may_call_off_events(member: Member) -> bool:
    """Whether they cancel or postpone an event, and bring it back."""
    return may_see_sessions(member) and member.has_perm("events.change_event")


def may_find_people(member: Member) -> bool:
    """Whether they help people: find them, see how they stand, and decide about memberships."""
    return member.has_perm(CHANGE_MEMBERS)


def may_make_accounts(member: Member) -> bool:
    """Whether they make accounts for people who ring."""
    return may_find_people(member) and member.has_perm("members.add_member")


def may_register_people(member: Member) -> bool:
    """Whether they register people whom they help, and cancel registrations."""
    return may_find_people(member) and member.has_perm("events.change_registration")


def may_remove_people(member: Member) -> bool:
    """Whether they take people out of an event, and look again at that."""
    return may_find_people(member) and member.has_perm(REMOVE_PEOPLE)


def may_book_for_people(member: Member) -> bool:
    """Whether they book sessions for people whom they help."""
    return may_find_people(member) and member.has_perm("workshops.change_booking")


def may_read_calls(member: Member) -> bool:
    """Whether they look at the letter about what was done for a person, and send it: it shows an agenda."""
    return may_register_people(member) or may_book_for_people(member)


def may_bring_together(member: Member) -> bool:
    """Whether they bring two accounts of one person together: it changes all that both have."""
    return may_register_people(member) and may_book_for_people(member)


def may_read_letters(member: Member) -> bool:
    """Whether they read what people whom they help were sent."""
    return may_find_people(member) and member.has_perm("notifications.view_message")


def is_of_the_team(member: Member) -> bool:
    """Whether there is something for them to do here, or in the admin."""
    return member.is_staff


def allowed_if(
    may: Callable[[Member], bool],
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """Open a view to those of whom ``may`` is true; others get 403, a visitor logs in."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            reader = reader_of(request)
            if reader is None:
                return redirect_or_htmx(request, redirect_to_login(_page(request)).url)
            if not may(reader):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def acting_member(request: HttpRequest) -> Member:
    """Return who acts, behind ``allowed_if``."""
    reader = reader_of(request)
    if reader is None:
        raise PermissionDenied
    return reader


def _page(request: HttpRequest) -> str:
    """Return the page to come back to: this one, or for an act the one that it was pressed on."""
    is_page = request.method in ("GET", "HEAD") and not getattr(request, "htmx", False)
    return request.get_full_path() if is_page else next_url(request) or reverse("team:index")

"""Acts in a call, each at its moment, and the letters that follow."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives

from events.models import Registration, Session
from members.models import Member
from notifications.models import Message
from team.people import by_telephone, calls
from tests import letters, make
from tests.make import NOW
from workshops.models import Booking
from workshops.places import booking


def minutes(number: float) -> datetime:
    """So many minutes after it began."""
    return NOW + timedelta(minutes=number)


def during(person: Member, sam: Member, at: datetime, act: Callable[[], Any]) -> Any:
    """Do an act for a person as part of a call."""
    with calls.call(person, by=sam, at=at):
        return act()


def register(event: Any, ada: Member, sam: Member, at: datetime = NOW) -> Registration:
    made: Registration = during(
        ada, sam, at, lambda: by_telephone.register(event, ada, by=sam, at=at, heard_conduct=True)
    )
    return made


def book(session: Session, one: Registration, sam: Member, at: datetime = NOW) -> Booking:
    made: Booking = during(one.member, sam, at, lambda: booking.book(session, one, by=sam, at=at))
    return made


def give_up(one: Booking, sam: Member, at: datetime) -> None:
    during(one.member, sam, at, lambda: booking.cancel(one, by=sam, at=at))


def mailed_to(person: Member, at: datetime) -> list[EmailMultiAlternatives]:
    """Deliver what is due by then, and return what the person got."""
    return [one for one in letters.deliver(at) if person.email in one.to[0]]


def kinds(person: Member) -> list[tuple[str, str]]:
    """What the outbox has for somebody, in order."""
    return list(Message.objects.filter(member=person).order_by("pk").values_list("kind", "state"))


def done_in(email: EmailMultiAlternatives) -> list[str]:
    """What a letter says was done, in order."""
    return [line[2:] for line in str(email.body).splitlines() if line[:2] == "- " and ", Mon 2 Nov, " in line]


def ada_registered() -> Registration:
    """Ada, who is registered and has been told so."""
    return make.registration(make.event(title="Gathering"), make.member("Ada Byron"))

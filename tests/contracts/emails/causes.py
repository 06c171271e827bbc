"""Everything that is mailed, each for its own cause: what happens, and the email that follows.

``CAUSES`` has an entry for each folder of ``templates/emails``; a kind of message or a folder without one
fails the contract. Each cause makes an event and people of its own, named as the test wants.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives

from events import cancellation, need_cases, needs_by_telephone, registration
from events.models import Event, EventPlaces, Registration, Session
from members import email_choices, membership
from members.emails import tell_of_factor, tell_of_first_factor
from members.models import SiteSettings
from notifications import outbox
from notifications.models import Message
from tests import letters, make
from tests.contracts import people
from tests.contracts.emails import (
    causes_addresses,
    causes_announcements,
    causes_blog,
    causes_comments,
    causes_concerns,
    causes_day,
    causes_helping,
    causes_hosting,
    causes_learning,
    causes_privacy,
)
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.places import state
from workshops.letters import booking_announced, booking_opened, day_before, session_words
from workshops.models import Booking
from workshops.places import booking, choices
from workshops.programme import cancelling, changes

LATER = NOW + timedelta(minutes=20)
PASSWORD = "four old green bottles"


@dataclass(frozen=True)
class Names:
    """What people and things are called in a world."""

    person: str = "Ada"
    title: str = "Leading quietly"
    words: str = "We will write again in spring."

    def event(self, **fields: Any) -> Event:
        return make.event(title=self.title[:150], **fields)

    def registered(self, event: Event) -> Registration:
        return make.registration(event, make.member(self.person))

    def session(self, event: Event, **fields: Any) -> Session:
        return make.workshop(event, title=self.title[:200], room=self.title[:100], **fields)


def _first_factor(names: Names) -> None:
    people.admin()
    tell_of_first_factor(make.member(names.person, is_staff=True), at=NOW)


def _account(path: str, **fields: str) -> None:
    cache.clear()
    people.reader().post(path, fields)


def _known(names: Names) -> str:
    return make.member(names.person, password=PASSWORD).email


def _notice(kind: str, **secret: str) -> Callable[[Names], None]:
    def cause(names: Names) -> None:
        outbox.enqueue(kind, at=NOW, key=kind, email=_known(names), secret=secret)

    return cause


def _approved(names: Names) -> None:
    membership.approve(make.member(names.person, membership="waiting"), by=BY, at=NOW)


def _declined(names: Names) -> None:
    winnie = make.member(names.person, membership="waiting")
    membership.decline(winnie, by=BY, at=NOW, reason=names.words)


def _registered(names: Names, membership: str = "active", **places: int) -> Registration:
    event = names.event()
    names.session(event)
    EventPlaces.objects.filter(event=event).update(**places)
    return registration.register(event, make.member(names.person, membership=membership), by=BY, at=NOW)


def _registration_cancelled(names: Names) -> None:
    event = names.event()
    ada = names.registered(event)
    booking.book(names.session(event), ada, by=BY, at=NOW)
    registration.cancel(ada, at=NOW, by=ada.member)


def _event_cancelled(names: Names) -> None:
    event = names.event()
    names.registered(event)
    make.host(names.session(event), names.person[:150])
    cancellation.cancel_event(event, by=BY, at=NOW, reason=names.words[:500])
    cancellation.tell(at=NOW + timedelta(minutes=10))


def _agenda(names: Names) -> None:
    event = names.event()
    ada = names.registered(event)
    make.session(event, title=names.title[:200], format=Session.Format.PLENARY, hour=8)
    booking.book(names.session(event, hour=9), ada, by=BY, at=NOW)
    state.crowd(event, full := names.session(event, hour=11, capacity=1), 1)
    booking.book(full, ada, by=BY, at=NOW)


def _changes(names: Names) -> None:
    _agenda(names)
    letters.deliver(NOW + timedelta(minutes=3))
    theirs = Booking.objects.booked().exclude(registration__member__name__startswith="Member ").first()
    booking.cancel(found(theirs), by=BY, at=NOW + timedelta(minutes=4))


def _several(names: Names) -> None:
    """Three sessions: on a morning, over midnight, and in the hour that comes twice."""
    night = date(2027, 10, 31)
    event = names.event(first_day=night - timedelta(days=1), last_day=night)
    ada = names.registered(event)
    for hours in ({"hour": 9}, {"hour": 22.5}, {"day": 1, "hour": 0.5}):
        booking.book(names.session(event, **hours), ada, by=BY, at=NOW)


def _several_changes(names: Names) -> None:
    """One session more, two given up."""
    _several(names)
    letters.deliver(NOW + timedelta(minutes=3))
    first, second, _ = Booking.objects.booked().select_related("registration").order_by("pk")
    for one in (first, second):
        booking.cancel(one, by=BY, at=NOW + timedelta(minutes=4))
    event = first.registration.event
    booking.book(names.session(event, hour=15), first.registration, by=BY, at=NOW + timedelta(minutes=4))


def _of_day(names: Names, day: date, wants: str = "day-before", **where: str) -> None:
    """One with a place, one in whose line they wait, and one that is open to all."""
    event = names.event(first_day=day, last_day=day, **where)
    ada = make.registration(event, make.member(names.person), status_changed_at=NOW - timedelta(days=1))
    email_choices.start(ada.member, wants, by=ada.member, at=NOW)
    make.session(event, title=names.title[:200], hour=15)
    booking.book(names.session(event, hour=16), ada, by=BY, at=NOW)
    state.crowd(event, full := names.session(event, hour=17, capacity=1), 1)
    booking.book(full, ada, by=BY, at=NOW)
    day_before.tell(at=NOW)


def _tomorrow(names: Names) -> None:
    """It is past noon where the event is."""
    _of_day(names, NOW.date() + timedelta(days=1), time_zone="Asia/Dubai")


def _today(names: Names) -> None:
    _of_day(names, NOW.date(), wants="day-morning")


def _booking_opens(names: Names) -> None:
    opens_at = NOW + timedelta(minutes=1)
    event = names.event(booking_opens_at=opens_at)
    ada = names.registered(event)
    choices.choose(names.session(event), ada, by=BY, at=NOW)
    booking_opened.tell_opened(at=opens_at)


def _booking_opens_soon(names: Names) -> None:
    event = names.event(booking_opens_at=NOW + timedelta(hours=1))
    choices.choose(names.session(event), names.registered(event), by=BY, at=NOW)
    booking_announced.announce(at=NOW)


def _booking_opens_later(names: Names) -> None:
    _booking_opens_soon(names)
    Event.objects.update(booking_opens_at=NOW + timedelta(days=2))
    booking_announced.announce(at=NOW + timedelta(minutes=1))


def _place_given(names: Names) -> None:
    event = names.event()
    session = names.session(event, capacity=1)
    first = booking.book(session, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    booking.book(session, names.registered(event), by=BY, at=NOW)
    booking.cancel(first, by=BY, at=NOW)


def _place_offered(names: Names) -> None:
    state.offered(names.event(), name=names.person, title=names.title[:200])


def _booked(names: Names) -> Session:
    event = names.event()
    session = names.session(event)
    booking.book(session, names.registered(event), by=BY, at=NOW)
    make.host(session, names.person[:150])
    names.session(event)
    return Session.objects.get(pk=session.pk)


def _session_changed(names: Names) -> None:
    session = make.later(_booked(names), timedelta(hours=2))
    session.room = f"New {names.title}"[:100]
    changes.save_session(session, by=BY, at=NOW)


def _session_cancelled(names: Names) -> None:
    session = _booked(names)
    make.workshop(session.event, title=names.title[:200])
    seen = cancelling.look(session, at=NOW).fingerprint
    cancelling.cancel(session, names.words[:500], seen=seen, by=BY, at=NOW)


def _session_words(names: Names) -> None:
    session, tess = _booked(names), make.member("Tess", is_staff=True)
    session_words.send(
        session, "booked", subject=names.title[:78], words=names.words, submission=uuid4(), by=tess, at=NOW
    )


def _needs_answered(names: Names) -> None:
    ada, tess = names.registered(names.event()), make.member("Tess", is_staff=True)
    confirmed, declined = make.need(ada), make.need(ada, "other", names.words)
    need_cases.confirm(confirmed.pk, version=0, by=tess, at=NOW)
    need_cases.decline(declined.pk, names.words, version=0, by=tess, at=NOW)


def _needs_written_down(names: Names) -> None:
    ada, tess = names.registered(names.event()), make.member("Tess", is_staff=True)
    needs_by_telephone.write_down(
        ada,
        by=tess,
        at=NOW,
        consents=True,
        needs=names.words,
        share_with_hosts=True,
        kinds={"captions": False},
    )


#: Folder of the templates → what happens.
CAUSES: dict[str, Callable[[Names], object]] = {
    "account-exists": lambda names: _account(
        "/accounts/signup/", name=names.person, email=_known(names), password1=PASSWORD
    ),
    "account-made": lambda names: outbox.enqueue(
        "account-made", at=NOW, key="account-made:1", member=make.member(names.person)
    ),
    "account-unknown": lambda names: _account("/accounts/login/code/", email="nobody@example.org"),
    "address-changed": _notice("address-changed", from_email="ada@old.example", to_email="ada@new.example"),
    **causes_announcements.CAUSES,
    "agenda": _agenda,
    "agenda: changes": _changes,
    "agenda: three sessions": _several,
    "agenda: three changes": _several_changes,
    "booking-opens": _booking_opens,
    "booking-opens-soon": _booking_opens_soon,
    "booking-opens-soon: moved": _booking_opens_later,
    "choose-password": lambda names: outbox.enqueue(
        "choose-password", at=NOW, key="choose-password:1", member=make.member(names.person)
    ),
    "confirm-address": lambda names: _account(
        "/accounts/signup/", name=names.person, email="new@example.org", password1=PASSWORD
    ),
    **causes_addresses.CAUSES,
    **causes_helping.CAUSES,
    **causes_privacy.CAUSES,
    "day-before": _tomorrow,
    "day-morning": _today,
    "event-cancelled": _event_cancelled,
    "log-in-attempts": lambda names: outbox.enqueue(
        "log-in-attempts", at=NOW, key="log-in-attempts:1", member=make.member(names.person)
    ),
    "login-code": lambda names: _account("/accounts/login/code/", email=_known(names)),
    "membership-approved": _approved,
    "membership-declined": _declined,
    "needs-answered": _needs_answered,
    "needs-written-down": _needs_written_down,
    "password-changed": _notice("password-changed"),
    "password-reset-code": lambda names: _account("/accounts/password/reset/", email=_known(names)),
    "place-given": _place_given,
    "place-offered": _place_offered,
    "registered": _registered,
    "first-factor": _first_factor,
    "registration-cancelled": _registration_cancelled,
    "registration-received": lambda names: _registered(names, membership="waiting"),
    "registration-waiting": lambda names: _registered(names, capacity=0),
    "second-factor": lambda names: tell_of_factor(make.member(names.person), "added", at=NOW),
    "second-factor: removed": lambda names: tell_of_factor(make.member(names.person), "removed", at=NOW),
    "second-factor: reset": lambda names: tell_of_factor(make.member(names.person), "reset", at=NOW),
    "second-factor: asked": lambda names: tell_of_factor(make.member(names.person), "asked", at=NOW),
    "second-factor: recovery": lambda names: tell_of_factor(make.member(names.person), "recovery", at=NOW),
    "second-factor: attempts": lambda names: tell_of_factor(make.member(names.person), "attempts", at=NOW),
    "second-factor: new codes": lambda names: tell_of_factor(make.member(names.person), "codes", at=NOW),
    "session-cancelled": _session_cancelled,
    "session-changed": _session_changed,
    "session-words": _session_words,
    **causes_blog.CAUSES,
    **causes_comments.CAUSES,
    **causes_concerns.CAUSES,
    **causes_day.CAUSES,
    **causes_hosting.CAUSES,
    **causes_learning.CAUSES,
}
#: Where a folder is not called as the kind of its message.
KIND_OF = {
    "host-code-unknown": "host-code",
    "registration-received": "registered",
    "registration-waiting": "registered",
}


def folder(name: str) -> str:
    """The folder of the templates of a cause: several may lead to one email."""
    return name.partition(":")[0]


def emails(name: str, names: Names) -> list[EmailMultiAlternatives]:
    """Let happen what causes the emails of that name, and return them as they are sent."""
    SiteSettings.objects.update_or_create(
        pk=1, defaults={"contact_email": "team@example.org", "contact_phone": "01234 567890"}
    )
    CAUSES[name](names)
    kind = KIND_OF.get(name, folder(name))
    Message.objects.exclude(kind=kind).delete()
    ids = set(Message.objects.values_list("message_id", flat=True))
    sent = letters.deliver(NOW if Message.objects.exclude(secret=None).exists() else LATER)
    return [one for one in sent if one.extra_headers["Message-ID"] in ids]

"""The one thing a reader can do next about an event: what to say, what the button says, where it goes.

It follows the reader (visitor, waiting for approval, member, membership ended, not approved), their
registration and the phase of the event. It decides words only; whether an act is allowed is decided by
the rule behind the page it leads to.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from common.statements import Statement
from common.times import format_moment
from common.words import counted, ordinal
from events import phase_words
from events import registration as registering
from events.models import Event, Registration
from events.phases import Phase, phase_of
from events.places import Places
from events.programme.contents import Programme
from members.models import Member, SiteSettings

Status = Registration.Status
Membership = Member.Membership


@dataclass(frozen=True)
class Standing:
    """Where a reader stands with an event; a visitor has no ``member``, who never registered no registration.

    ``position`` is their place in the line of the event, 1 being the next.
    """

    event: Event
    member: Member | None = None
    registration: Registration | None = None
    position: int | None = None

    @property
    def is_registered(self) -> bool:
        """Whether they come."""
        return self.registration is not None and self.registration.is_confirmed

    @property
    def has_agenda(self) -> bool:
        """Whether there is an agenda for them: who waits for approval chooses sessions there."""
        return self.is_registered or (
            self.registration is not None and self.registration.status == Status.RECEIVED
        )

    @property
    def zone(self) -> str:
        """The reader's own time zone, empty for a visitor."""
        return self.member.time_zone if self.member else ""


@dataclass(frozen=True)
class Link:
    """Words on a button or link, and where it goes."""

    label: str
    url: str


@dataclass(frozen=True)
class CallToAction:
    """A sentence or two about where they stand, the one button, and at most one quieter link beside it.

    ``is_to_register`` says that it is registering which the button offers to somebody who is logged in,
    ``is_known`` that who has just registered reads nothing new in it.
    """

    says: str
    button: Link | None = None
    also: Link | None = None
    is_to_register: bool = False
    is_known: bool = field(default=False, compare=False)


_CURRENT = Statement(lambda event, member: Registration.objects.current().filter(event=event, member=member))


def standing_of(event: Event, member: Member | None) -> Standing:
    """Look up where ``member`` stands: one query, a second one only if they wait for a place."""
    if member is None:
        return Standing(event)
    return standing_with(event, member, _CURRENT.first(event=event.pk, member=member.pk))


def standing_with(event: Event, member: Member, registration: Registration | None) -> Standing:
    """Say where ``member`` stands, whose registration was read before: a query if they wait for a place."""
    if registration is None:
        return Standing(event, member)
    registration.event, registration.member = event, member
    return Standing(event, member, registration, registering.position(registration))


def call_to_action(
    standing: Standing, site: SiteSettings, *, at: datetime, common: Programme | None = None
) -> CallToAction:
    """Say where the reader stands at ``at`` and what they can do next.

    ``common`` is the programme of the event, where that was loaded before.
    """
    event = standing.event
    phase = phase_of(event, at=at, common=common)
    if phase is Phase.CALLED_OFF:
        says = (
            _("This event has been postponed.") if event.is_postponed else _("This event has been cancelled.")
        )
        return CallToAction(says)
    now = phase_words.in_words(event, phase, at=at, reader_zone=standing.zone, common=common)
    if phase.is_over:
        if not standing.is_registered:
            return CallToAction(now)
        return CallToAction(now, _agenda(event), Link(_("Watch on demand"), _on_demand(event)))
    call = _before_the_end(standing, site, phase, at)
    return replace(call, says=f"{now} {call.says}".strip()) if now else call


def _before_the_end(standing: Standing, site: SiteSettings, phase: Phase, at: datetime) -> CallToAction:
    event = standing.event
    if standing.registration is not None:
        return _REGISTERED[Status(standing.registration.status)](standing, site, phase, at)
    if not event.registration_has_opened(at) and event.registration_opens_at:
        opens = {"moment": format_moment(event.registration_opens_at, event.time_zone)}
        return CallToAction(
            _("Registration opens %(moment)s.") % opens,
            also=None if standing.member else _log_in(event.get_absolute_url()),
        )
    if not event.registration_is_open(at):
        says = _("Registration has closed.") if event.is_published else _("Registration is not open.")
        return CallToAction(says)
    return _unregistered(standing, site)


def _unregistered(standing: Standing, site: SiteSettings) -> CallToAction:
    event, member = standing.event, standing.member
    if member is None:
        return _visitor(event, site)
    if event.audience == Event.Audience.EVERYONE or member.is_member:
        return CallToAction(_about_places(event), _register(event), is_to_register=True)
    team = {"team": site.team_name}
    contact = Link(_("Contact %(team)s") % team, reverse("contact"))
    if member.membership == Membership.ENDED:
        ended = _("Your membership has ended, so you cannot register for this event.")
        again = _("To take it up again, contact %(team)s.") % team
        return CallToAction(f"{ended} {again}", contact)
    if member.membership == Membership.DECLINED:
        declined = _("Your membership was not approved, so you cannot register for this event.")
        wrong = _("If you think this is wrong, contact %(team)s.") % team
        return CallToAction(f"{declined} {wrong}", contact)
    waits = _("Your membership is waiting for approval, %(approval_time)s.")
    now = _("You can register now: it is confirmed when your membership is approved.")
    return CallToAction(
        f"{waits % {'approval_time': site.approval_time}} {now}",
        Link(_("Register for the event"), _register(event).url),
        is_to_register=True,
    )


def _visitor(event: Event, site: SiteSettings) -> CallToAction:
    after = reverse("events:register", args=[event.slug])
    is_for_members = event.audience == Event.Audience.MEMBERS
    who = _("The event is for members.") if is_for_members else _("The event is open to everyone.")
    need = _("To register you need %(an_account)s, which takes a minute.") % {"an_account": site.an_account}
    says = f"{who} {need} {_about_places(event)}".strip()
    sign_up = Link(_register(event).label, _with_next("account_signup", after))
    return CallToAction(says, sign_up, _log_in(after))


def _confirmed(standing: Standing, _site: SiteSettings, phase: Phase, at: datetime) -> CallToAction:
    event = standing.event
    theirs = _your_registration(event)
    if phase.is_near:
        return CallToAction(_("You are registered."), _agenda(event), theirs)
    if event.booking_opens_at and not event.booking_has_opened(at):
        opens = {"moment": format_moment(event.booking_opens_at, event.time_zone)}
        says = _("You are registered. Booking opens %(moment)s.") % opens
        return CallToAction(says, _agenda(event, _("Choose your sessions")), theirs)
    if event.booking_is_open(at):
        build = _agenda(event, _("Build your agenda"))
        return CallToAction(_("You are registered."), build, theirs, is_known=True)
    return CallToAction(_("You are registered. Booking has closed."), _agenda(event), theirs)


def _received(standing: Standing, site: SiteSettings, _phase: Phase, _at: datetime) -> CallToAction:
    says = _(
        "We have your registration. It is confirmed when your membership is approved, %(approval_time)s."
    )
    choose = _agenda(standing.event, _("Choose your sessions"))
    theirs = _your_registration(standing.event)
    return CallToAction(says % {"approval_time": site.approval_time}, choose, theirs)


def _waiting(standing: Standing, _site: SiteSettings, _phase: Phase, _at: datetime) -> CallToAction:
    says = _(
        "You are %(position)s on the waiting list of the event. We will email you if a place comes free."
    ) % {"position": ordinal(standing.position or 1)}
    return CallToAction(says, None, _your_registration(standing.event))


_REGISTERED: dict[Status, Callable[[Standing, SiteSettings, Phase, datetime], CallToAction]] = {
    Status.CONFIRMED: _confirmed,
    Status.RECEIVED: _received,
    Status.WAITING: _waiting,
}


def places_of_event(event: Event) -> Places | None:
    """Return the event's places, ``None`` where the row has not been made (then there is no limit)."""
    return getattr(event, "places", None)


def _about_places(event: Event) -> str:
    places = places_of_event(event)
    if places is None or not places.is_full:
        return ""
    if not places.line:
        return _("The event is full. You can join its waiting list.")
    return counted(
        places.line,
        "The event is full and %(count)s person is waiting. You can join the waiting list.",
        "The event is full and %(count)s people are waiting. You can join the waiting list.",
    )


def _register(event: Event) -> Link:
    places = places_of_event(event)
    is_full = places is not None and places.is_full
    label = _("Join the waiting list") if is_full else _("Register for the event")
    return Link(label, reverse("events:register", args=[event.slug]))


def _your_registration(event: Event) -> Link:
    return Link(_("Your registration"), reverse("events:register", args=[event.slug]))


def _agenda(event: Event, label: str = "") -> Link:
    return Link(label or _("See your agenda"), reverse("workshops:agenda", args=[event.slug]))


def _on_demand(event: Event) -> str:
    return reverse("recordings:list", args=[event.slug])


def _log_in(after: str) -> Link:
    return Link(_("Log in"), _with_next("account_login", after))


def _with_next(name: str, after: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': after})}"

"""What this app holds of people: registrations, access needs, calendars, and who hosts or speaks."""

from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audit.actors import By
from common.personal_data import retention
from common.personal_data.registry import Deleted, Emptied, Person, before_erasing, holds, holds_nothing
from common.personal_data.retention import Kept
from events import access_needs, need_counts, registration
from events.models import (
    AccessNeed,
    AccessNeeds,
    CalendarEntry,
    CallingOff,
    Contributor,
    Event,
    EventPlaces,
    KeptNeed,
    NeedCount,
    NeedToStop,
    Registration,
    Session,
    SessionContributor,
    Theme,
)
from events.programme.cache_version import raise_version
from members.models import Member
from notifications import kept

_PROGRAMME: Final = "The programme of an event says who hosted a session, also years later."
_COUNTED: Final = "That somebody came: numbers, states and moments."


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    before_erasing(give_up_registrations)
    _registrations()
    _programme()
    retention.keep(
        Kept(
            "needs",
            _("What you need to take part in an event"),
            _("To arrange it. It can say something about your health. Counted from the event’s last day."),
            period=access_needs.RETENTION,
            forget=access_needs.forget,
        )
    )
    retention.keep(
        Kept(
            "kept-needs",
            _("What you need, where you keep it for your next registration"),
            _("So that you do not have to tell it again. Nobody but you sees it."),
            until=_("until you untick that, or are erased"),
        )
    )
    retention.keep(
        Kept(
            "registrations",
            _("Registrations, places and waiting lists"),
            _("So that you can prove that you took part, and the community can count."),
            until=_("as long as you have the account; afterwards without your name"),
        )
    )


def _registrations() -> None:
    holds(
        AccessNeed,
        _("What you need to take part"),
        _needs,
        exported="told__registration__event__title kind words is_shared_with_hosts asked_at was_asked_late "
        "state state_changed_at instead answer_sent_at was_met rearranged_at",
        unexported={"told owner version": "Your registration, who of the team answered, and a counter."},
        erased=Deleted(act=_count_needs),
    )
    holds(
        AccessNeeds,
        _("That you told what you need to take part"),
        lambda person: AccessNeeds.objects.filter(registration__member_id=person.id),
        exported="registration__event__title changed_at",
        erased=Deleted(),
    )
    holds(
        KeptNeed,
        _("What you need, kept for your next registration"),
        lambda person: KeptNeed.objects.filter(member_id=person.id),
        exported="kind words is_shared_with_hosts kept_at",
        unexported={"member": "You."},
        erased=Deleted(),
    )
    holds_nothing(
        NeedCount,
        "event kind asked confirmed in_time cannot met not_met",
        "How many asked for what, and whether they got it",
    )
    holds(
        NeedToStop,
        _("What was arranged for you and is being stopped"),
        lambda person: NeedToStop.objects.filter(registration__member_id=person.id),
        exported="event__title kind withdrawn_at",
        unexported={"registration owner": "Your registration, and who of the team arranged it."},
        erased=Emptied(
            _("That something was arranged that nobody needs any more, until the team has stopped it."),
            fields={"registration": None},
            stays={"event kind withdrawn_at owner": "What is to be stopped, and who arranged it."},
        ),
    )
    holds(
        Registration,
        _("Your registrations"),
        lambda person: Registration.objects.filter(member_id=person.id),
        exported="event__title status hosts_see_work code_of_conduct_accepted_at created_at "
        "status_changed_at",
        unexported={"member ticket": "You, and the number that orders the waiting list."},
        erased=Emptied(
            _("That somebody was registered, so that the community can count who came."),
            by_act="status ticket status_changed_at",
            fields={"hosts_see_work": False},
            stays={"event member code_of_conduct_accepted_at created_at": _COUNTED},
        ),
    )
    holds(
        CalendarEntry,
        _("Entries that we sent to your calendar"),
        lambda person: CalendarEntry.objects.filter(
            Q(member_id=person.id) | Q(contributor__in=contributors(person))
        ),
        exported="event__title session__title name sequence sent is_cancelled sent_at",
        unexported={"uid_host member contributor": "A part of the entry’s name; you."},
        erased=Deleted(),
    )


def _programme() -> None:
    holds(
        SessionContributor,
        _("Sessions that you host or speak in"),
        lambda person: SessionContributor.objects.filter(contributor__in=contributors(person)),
        exported="session__event__title session__title part",
        unexported={"contributor position": "You, and the order of names."},
        erased=Emptied(
            _("Which sessions you hosted or spoke in."),
            stays={"session contributor part position": _PROGRAMME},
        ),
    )
    holds(
        Contributor,
        _("What a programme says of you as a host or speaker"),
        contributors,
        exported="name email organisation role biography changed_at",
        unexported={"member": "You."},
        erased=Emptied(
            _("Your name, role and organisation in programmes, where you hosted a session or spoke."),
            fields={"biography": "", "email": "", "member": None},
            by_act="name",
            stays={"organisation role changed_at": _PROGRAMME},
            act=_forget_who_hosts_nothing,
        ),
    )
    holds_nothing(
        Event,
        "slug title summary description first_day last_day time_zone place venue audience "
        "registration_opens_at registration_closes_at booking_opens_at booking_closes_at ask_needs_by "
        "test_url joining_advice host_words_until code_of_conduct status is_postponed called_off_because "
        "version changed_at",
        "What an event is",
    )
    holds_nothing(
        CallingOff,
        "event at told_at told_up_to told_all_at",
        "That an event was called off: how far it is told",
    )
    holds_nothing(EventPlaces, "event capacity places_open taken held line ticket", "Counters")
    holds_nothing(
        Theme, "event title slug summary description colour position changed_at", "Themes of an event"
    )
    holds_nothing(
        Session,
        "event title slug external_id format starts_at ends_at starts_offset ends_offset room summary "
        "description join_url meeting_number passcode dial_in recording_url transcript is_recorded "
        "has_captions has_sign_language supported_by has_slides_ahead is_camera_optional is_step_free "
        "ground_rules content_note support_after notes_attendance booking_opens_at booking_closes_at status "
        "cancelled_because sequence changed_at",
        "What the team publishes about a session",
    )
    holds_nothing(Session.themes.through, "session theme", "What a session is about")


def _needs(person: Person) -> "QuerySet[AccessNeed]":
    return AccessNeed.objects.filter(told__registration__member_id=person.id)


def _count_needs(person: Person, *, at: datetime, **_: Any) -> None:
    """Let numbers stay of an event that is over."""
    need_counts.erase(list(_needs(person).values_list("told", flat=True)), at=at)


def give_up_registrations(person: Person, *, by: By, at: datetime) -> None:
    """Cancel what is still to come by the rule, so that places and waiting lists move on."""
    theirs = Registration.objects.current().filter(member_id=person.id).select_related("event")
    for one in theirs.order_by("event_id"):
        if not one.event.is_past(at):
            registration.cancel(one, by=by, at=at)


def keep_hosting(member: Member, address: str, *, at: datetime) -> None:
    """Let them host by their account what they hosted by an address that they leave (``addresses.on_left``).

    The address goes: it may be somebody else's one day. A programme that still has it beside their name gives
    it to the same entry.
    """
    theirs = Contributor.objects.filter(Q(member=None) | Q(member=member), email__lower=address.lower())
    theirs.update(member=member, email="", changed_at=at)


def contributors(person: Person) -> "QuerySet[Contributor]":
    """Return the records that are a person's, by account or by an address that was theirs."""
    return Contributor.objects.filter(
        Q(member_id=person.id) | Q(person.had("email", "changed_at"), member=None)
    )


def _forget_who_hosts_nothing(person: Person, **_: Any) -> None:
    """Delete the entry of who stands in no programme; else their pages are made anew without what goes.

    Emails about sessions that they host named them.
    """
    theirs = contributors(person)
    hosted = SessionContributor.objects.filter(contributor__in=theirs)
    kept.erase_about("session", hosted.values_list("session_id", flat=True))
    theirs.filter(session_contributors=None).delete()
    for event in Event.objects.filter(sessions__contributors__in=theirs).distinct():
        raise_version(event.pk)

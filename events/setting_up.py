"""What an event lacks until everybody sees it: the steps in their order, each with the way to it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from common.words import counted
from events.models import Event, Session


@dataclass(frozen=True)
class Step:
    """One thing to do, and the address where it is done."""

    text: str
    url: str


def steps(event: Event) -> list[Step]:
    """Return what is left to do for an event, the next thing first; empty once it is over. One query."""
    if event.status not in (Event.Status.DRAFT, Event.Status.PUBLISHED):
        return []
    return [*_moments(event), *_programme(event), *_publishing(event)]


def _moments(event: Event) -> list[Step]:
    """A draft is asked when it opens; of a published one the rule that saves has asked."""
    blank = {"registration": event.registration_opens_at, "booking": event.booking_opens_at}
    what = [name for name, moment in blank.items() if moment is None]
    if not what or event.status != Event.Status.DRAFT:
        return []
    verb = "open" if what[1:] else "opens"
    return [Step(f"Say when {' and '.join(what)} of {event.title} {verb}", _form(event))]


def _programme(event: Event) -> list[Step]:
    is_draft = Q(status=Session.Status.DRAFT)
    sessions = Session.objects.filter(event=event)
    number = sessions.aggregate(all=Count("pk"), drafts=Count("pk", filter=is_draft))
    if not number["all"]:
        url = f"{reverse('admin:events_session_import')}?{urlencode({'event': event.slug})}"
        return [Step(f"Import the programme of {event.title}, or type it in under Sessions", url)]
    if not number["drafts"]:
        return []
    filters = {"event__id__exact": event.pk, "status__exact": Session.Status.DRAFT.value}
    url = f"{reverse('admin:events_session_changelist')}?{urlencode(filters)}"
    hidden = counted(number["drafts"], "%(count)s session", "%(count)s sessions")
    return [Step(f"Publish {hidden} of {event.title}: nobody sees drafts", url)]


def _publishing(event: Event) -> list[Step]:
    is_draft = event.status == Event.Status.DRAFT
    return [Step(f"Publish {event.title} when it is ready", _form(event))] if is_draft else []


def _form(event: Event) -> str:
    return reverse("admin:events_event_change", args=[event.pk])

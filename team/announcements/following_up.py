"""After an event: two drafts for the team to read and send, to those who were there and to who were not.

Nothing is sent by itself. Pressing once more makes none beside those that there are.
"""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from common.transactions import retried
from events.models import Event
from members.models import Member
from team.announcements import writing
from team.announcements.refusals import AnnouncementRefused
from team.announcements.writing import Words
from team.models import Announcement

Audience = Announcement.Audience
_CAME: Final = (
    "<p>Hello {first name},</p><p>Thank you for coming to {event}. A few questions, answered without your "
    "name, help us make the next one better:</p><p>{feedback link}</p><p>What you attended stands in "
    "a record that you can print: {record link}</p><p>What there is to watch again: {on demand link}</p>"
    "<p>Your sessions are still on your agenda: {agenda link}</p>"
)
_MISSED: Final = (
    "<p>Hello {first name},</p><p>We missed you at {event}. If we are wrong, or something kept you from "
    "coming that we could change, please answer this email.</p><p>What there was is on the programme: "
    "{programme link}</p><p>What there is to watch: {on demand link}</p>"
)
_WORDS: Final = {
    Audience.CAME: ("Thank you for coming to {event}", _CAME),
    Audience.MISSED: ("We missed you at {event}", _MISSED),
}


def drafts(event: Event) -> list[Announcement]:
    """Return what there is of both, drafts or sent. One query."""
    found = Announcement.objects.filter(event=event, audience__in=_WORDS, is_of_chosen=False)
    return list(found.order_by("audience", "pk"))


@retried
def prepare(event: Event, *, by: Member, at: datetime) -> list[Announcement]:
    """Write the drafts that are missing, and return these, once the event is over.

    Raises ``AnnouncementRefused``.
    """
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if not event.is_over(at):
        raise AnnouncementRefused(_("The event is not over yet. Prepare these emails afterwards."))
    there = {one.audience for one in drafts(event)}
    return [
        writing.begin(_written(event, audience), by=by, at=at) for audience in _WORDS if audience not in there
    ]


def _written(event: Event, audience: Audience) -> Words:
    subject, words = _WORDS[audience]
    return Words(audience, event, None, (), subject, words, "")

"""The emails about concerns: that one came, and that there is an answer. Neither says a word of it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from concerns import handling, reporting
from concerns.models import Recipient
from events.emails import about_event
from events.models import Event
from members.letters import compose
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    outbox.register(reporting.CAME, concern_came, is_confidential=True, is_unlisted=True)
    outbox.register(handling.ANSWERED, answer_waits, is_confidential=True, is_unlisted=True)


def concern_came(message: Message) -> Letter | None:
    """Tell a reader that something waits for them; nothing once they are not of the team any more."""
    theirs = Recipient.objects.filter(concern=message.payload.get("concern"), member=message.member_id)
    found = theirs.filter(is_left_out=False).select_related("concern__event", "member").first()
    if found is None or not (found.member.is_staff and found.member.is_active):
        return None
    url = reverse("team:concern", args=[found.concern.address])
    reason = _("You get this email because you are named as somebody who reads concerns.")
    context = {"event": found.concern.event, "concern": found.concern, "url": url}
    return compose("concern-came", to=found.member, context=context, reason=reason)


def answer_waits(message: Message) -> Letter | None:
    """Tell whoever reported with their name, and asked for it, that there is an answer."""
    event = Event.objects.filter(pk=message.payload.get("event")).first()
    if event is None or message.member is None or not message.member.is_active:
        return None
    reason = _("You get this email because you asked us to tell you.")
    return compose("answer-waits", to=message.member, context=about_event(event), reason=reason)

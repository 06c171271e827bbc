"""The emails about concerns: that one came, is due, is answered. None says a word of it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerns import due, handling, reporting
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
    outbox.register(due.DUE, answer_due, is_confidential=True, is_unlisted=True)
    outbox.register(handling.ANSWERED, answer_waits, is_confidential=True, is_unlisted=True)


def concern_came(message: Message) -> Letter | None:
    """Tell a reader that something waits for them; nothing once they are not of the team any more."""
    found = _theirs(message)
    return _to_reader("concern-came", found) if found else None


def answer_due(message: Message) -> Letter | None:
    """Tell a reader that the answer is due; nothing once it was given, or the day has moved."""
    found = _theirs(message)
    if found is None or not due.is_due(found.concern, at=timezone.now()):
        return None
    return _to_reader("answer-due", found)


def _theirs(message: Message) -> Recipient | None:
    """Return whom it is for and the concern; nothing of who was left out, or is not of the team any more."""
    theirs = Recipient.objects.filter(concern=message.payload.get("concern"), member=message.member_id)
    of_the_team = theirs.filter(is_left_out=False, member__is_staff=True, member__is_active=True)
    return of_the_team.select_related("concern__event", "member").first()


def _to_reader(name: str, found: Recipient) -> Letter:
    url = reverse("team:concern", args=[found.concern.address])
    reason = _("You get this email because you are named as somebody who reads concerns.")
    context = {"event": found.concern.event, "concern": found.concern, "url": url}
    return compose(name, to=found.member, context=context, reason=reason)


def answer_waits(message: Message) -> Letter | None:
    """Tell whoever reported with their name, and asked for it, that there is an answer."""
    event = Event.objects.filter(pk=message.payload.get("event")).first()
    if event is None or message.member is None or not message.member.is_active:
        return None
    reason = _("You get this email because you asked us to tell you.")
    return compose("answer-waits", to=message.member, context=about_event(event), reason=reason)

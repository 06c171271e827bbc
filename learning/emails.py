"""The email in which what somebody will do comes back to them."""

from django.utils.translation import gettext as _

from events import emails
from learning.models import OneThing
from learning.notes import KIND
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter


def register() -> None:
    """Tell the outbox who renders it, and that nobody of the team reads it; for ``AppConfig.ready``."""
    outbox.register(KIND, one_thing, is_confidential=True)


def one_thing(message: Message) -> Letter | None:
    """Render what they wrote, as it is now; nothing once they took it out."""
    things = OneThing.objects.select_related("event", "member")
    thing = things.filter(pk=message.payload.get("thing")).first()
    if thing is None:
        return None
    context = emails.about_event(thing.event) | {"thing": thing}
    reason = _("You get this email because you asked for it when you wrote this down. It comes once.")
    return emails.write("one-thing", thing.member, context, reason=reason)

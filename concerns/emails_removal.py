"""The emails to who was taken out of an event: that they are, and what came of a second look."""

from django.utils import timezone
from django.utils.translation import gettext as _

from concerns import removal
from concerns.models import Removal
from events import emails
from events.calendars import invitations
from events.models import CalendarEntry, Registration
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    outbox.register(removal.REMOVED, taken_out)
    outbox.register(removal.LOOKED_AGAIN, second_look)


def taken_out(message: Message) -> Letter | None:
    """Render that they are out, what went with it, and how to ask to look again; calendars are cleared."""
    one = _removal(message)
    if one is None or one.lifted_at is not None:
        return None
    registration = Registration.objects.filter(event=one.event, member=one.member).first()
    lost = []
    if registration is not None and registration.status == Registration.Status.CANCELLED:
        ended = registration.bookings.filter(ended="registration", status_changed_at__gte=one.removed_at)
        lost = [booking.session for booking in ended.select_related("session").order_by("during", "pk")]
    context = emails.about_event(one.event) | {"removal": one, "lost": lost}
    rows = CalendarEntry.objects.standing().filter(member=one.member, event=one.event)
    sendings = invitations.cancellations(one.member, rows)
    return emails.write("taken-out", one.member, context, sendings, reason=_because(one))


def second_look(message: Message) -> Letter | None:
    """Render what came of a second look: they may register again, or it stays as it is."""
    one = _removal(message)
    if one is None or one.decided_at is None:
        return None
    can_register = one.lifted_at is not None and one.event.registration_is_open(timezone.now())
    context = emails.about_event(one.event) | {"removal": one, "can_register": can_register}
    return emails.write("second-look", one.member, context, reason=_because(one))


def _removal(message: Message) -> Removal | None:
    found = (
        Removal.objects.select_related("event", "member").filter(pk=message.payload.get("removal")).first()
    )
    return found if found is not None and emails.can_be_reached(found.member) else None


def _because(one: Removal) -> str:
    return _("You get this email because the team decided about you at %(event)s.") % {
        "event": one.event.title
    }

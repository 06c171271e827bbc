"""A session that was cancelled just now, whenever the demo is started: it can be brought back."""

from datetime import datetime
from typing import Final

from events.models import Registration, Session
from members.models import Member
from notifications.models import Message
from qevent.demo.people import ACCOUNTS
from workshops.models import Booking
from workshops.places import booking
from workshops.places.refusals import BookingRefused
from workshops.programme import cancelling, changes
from workshops.programme.telling_later import told_after

TITLE: Final = "Prototype it in cardboard"
WHY: Final = "The cardboard did not come."


def cancel_one(*, at: datetime) -> None:
    """Cancel it, through the rules; what was cancelled when the demo was started before is published first.

    Nothing where it, or whoever runs the event, is gone, where it is near, or can be brought back already.
    """
    emails = [one.email for one in ACCOUNTS if "Event admin" in one.groups]
    by = Member.objects.filter(email__in=emails).first()
    session = Session.objects.select_related("event").filter(title=TITLE, event__status="published").first()
    if by is None or session is None or not told_after(session, at) or cancelling.standing(session, at=at):
        return
    if session.status == Session.Status.CANCELLED:
        _publish_again(session, by, at)
    if not session.is_published:
        return
    seen = cancelling.look(session, at=at).fingerprint
    cancelling.cancel(session, WHY, seen=seen, by=by, at=at)
    # Those who cannot log in get no mail, as in the rest of the demo.
    Message.objects.filter(kind="session-cancelled", member__email__endswith="@example.net").delete()
    Message.objects.filter(
        kind="session-cancelled", member=None, key__startswith="session-cancelled:"
    ).delete()


def _publish_again(session: Session, by: Member, at: datetime) -> None:
    """Let it take place, with those who were in it."""
    cancelling.settle(at=at)
    ended = Booking.objects.filter(session=session, ended=Booking.Ended.SESSION).order_by("ticket")
    people = Registration.objects.filter(pk__in=ended.values("registration")).select_related("member")
    session.status = Session.Status.PUBLISHED
    changes.save_session(session, by=by, at=at)
    for person in people.order_by("pk"):
        try:
            booking.book(session, person, by=person.member, at=at)
        except BookingRefused:
            continue  # they are elsewhere by now

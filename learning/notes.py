"""A member's own notes: on a session, and the one thing they will do, which comes back after four weeks.

Nobody else reads them, so that what is written may be honest: no page of the team, no trail, no list. Blank
words take them out. What another window of theirs has saved meanwhile is not written over.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from common.edit_conflicts import stamp
from events.models import Event, Registration, Session
from learning.models import OneThing, SessionNote
from members.models import Member
from notifications import outbox

KIND: Final = "one-thing"
#: N9: what is promised to oneself is asked after while it can still be done.
COMES_BACK_AFTER: Final = timedelta(weeks=4)
#: Owed in one go; the next minute owes the rest.
AT_ONCE: Final = 500


class NoteRefused(Exception):
    """An expected no: ``str()`` says what to do."""


def may_keep(member: Member, event: Event) -> bool:
    """Whether they keep anything of an event: who comes to it, or has written something. One query."""
    comes = Registration.objects.confirmed().filter(event=event, member=member)
    noted = SessionNote.objects.filter(session__event=event, member=member)
    promised = OneThing.objects.filter(event=event, member=member)
    return comes.values("pk").union(noted.values("pk"), promised.values("pk"), all=True).exists()


def note_of(member: Member, session: Session) -> SessionNote | None:
    """Return their note on a session. One query."""
    return SessionNote.objects.filter(member=member, session=session).first()


def thing_of(member: Member, event: Event) -> OneThing | None:
    """Return the one thing that they will do after an event. One query."""
    return OneThing.objects.filter(member=member, event=event).first()


@transaction.atomic
def write(member: Member, session: Session, text: str, *, seen: str, at: datetime) -> None:
    """Keep ``text`` as their note on a session, or take it out where it is blank.

    ``seen`` is the ``stamp`` of what the form showed before they typed. Raises ``NoteRefused``.
    """
    _lock(member)
    if not (session.is_published and session.has_started(at) and may_keep(member, session.event)):
        raise NoteRefused(_("Notes are for those who come to the event, once the session has begun."))
    _refuse_unseen(note_of(member, session), seen, text)
    if not text:
        SessionNote.objects.filter(member=member, session=session).delete()
        return
    SessionNote.objects.update_or_create(
        member=member, session=session, defaults={"text": text, "changed_at": at}
    )


@transaction.atomic
def promise(
    member: Member, event: Event, text: str, *, seen: str, by_email: bool, at: datetime
) -> OneThing | None:
    """Keep the one thing they will do, and when it comes back; blank words take it out.

    Four weeks begin when it is first to come back by email; once it has come back it does not again. Raises
    ``NoteRefused``.
    """
    _lock(member)
    if not may_keep(member, event):
        raise NoteRefused(_("This is for those who come to the event."))
    kept = thing_of(member, event)
    _refuse_unseen(kept, seen, text)
    if not text:
        OneThing.objects.filter(member=member, event=event).delete()
        return None
    thing = kept or OneThing(member=member, event=event)
    thing.text, thing.changed_at = text, at
    if thing.reminded_at is None:
        thing.remind_at = (thing.remind_at or at + COMES_BACK_AFTER) if by_email else None
    thing.save()
    return thing


@transaction.atomic
def bring_back(*, at: datetime) -> int:
    """Owe the emails of what comes back now; return of how many."""
    due = OneThing.objects.filter(remind_at__lte=at, reminded_at=None).order_by("remind_at", "pk")
    things = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("member")[:AT_ONCE])
    for thing in things:
        outbox.enqueue(
            KIND, at=at, key=f"{KIND}:{thing.pk}", member=thing.member, payload={"thing": thing.pk}
        )
        thing.reminded_at = at
    OneThing.objects.bulk_update(things, ["reminded_at"])
    return len(things)


def _lock(member: Member) -> None:
    """Two windows of theirs go one after the other."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)


def _refuse_unseen(kept: SessionNote | OneThing | None, seen: str, text: str) -> None:
    if kept is not None and kept.text != text and stamp(kept) != seen:
        raise NoteRefused(
            _(
                "You have changed this in another window since. What is kept now stands above; what you have "
                "just written is in the field. Save again to keep that instead."
            )
        )

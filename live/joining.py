"""Pressing *Join*: whether it is time and theirs, and that they are noted.

Who may join is decided in ``events.joining_details``; here it is asked again when somebody presses, because
the page may have been made before a session was moved, cancelled or given to others. Hosts and staff who are
not registered join without being noted, and so do staff who have no place in it: they try the link.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from events import joining_details, phase_words
from events.joining_details import takes_part
from events.models import Registration, Session
from live import attendance
from members.models import Member


class JoinRefused(Exception):
    """An expected no; ``str()`` is the sentence for the person."""


@dataclass(frozen=True)
class Joiner:
    """Who wants to join: a member, with their registration for the event where they have one."""

    member: Member
    registration: Registration | None = None

    @property
    def is_registered(self) -> bool:
        """Whether they come, and may be noted."""
        return self.registration is not None and self.registration.is_confirmed


def join(session: Session, who: Joiner, *, at: datetime) -> None:
    """Let them in, and note that they joined, where it is noted. Pressing twice is not an error.

    Raises ``JoinRefused``.
    """
    check(session, who, at=at)
    if who.registration is not None and takes_part(session, who.member, who.registration):
        attendance.note_joined(who.registration, session, at=at, by=who.member)


def say(session: Session, who: Joiner, *, at: datetime) -> None:
    """Note that they say they were there, once it has begun; whoever had no place has not been.

    Raises ``JoinRefused`` and ``attendance.AttendanceRefused``.
    """
    if who.registration is None or not takes_part(session, who.member, who.registration):
        raise JoinRefused(_not_theirs(who))
    attendance.say(who.registration, session, at=at, by=who.member)


def take_back(session: Session, who: Joiner, *, at: datetime) -> None:
    """Forget that they said they were there, also once they have a place no more.

    Raises ``attendance.AttendanceRefused``.
    """
    if who.registration is not None:
        attendance.take_back(who.registration, session, at=at, by=who.member)


def check(session: Session, who: Joiner, *, at: datetime) -> None:
    """Raise ``JoinRefused`` where they do not join this session at this moment, and say why."""
    if session.status == Session.Status.CANCELLED:
        raise JoinRefused(_("This session was cancelled."))
    right = joining_details.right_to_join(session, who.member, who.registration)
    if right is None:
        raise JoinRefused(_not_theirs(who))
    if joining_details.is_left(session, at=at):
        raise JoinRefused(_("This session is over."))
    if (opens_at := joining_details.opens_later(session, right, at=at)) is not None:
        clock = phase_words.clock(session.event, opens_at, who.member.time_zone)
        if opens_at - at > timedelta(hours=12):
            raise JoinRefused(_("You can join from a quarter of an hour before it starts."))
        raise JoinRefused(_("You can join from %(clock)s.") % {"clock": clock})


def _not_theirs(who: Joiner) -> str:
    if who.is_registered:
        return _("You have no place in this session. Book one, if there is one left, and then join.")
    return _("Only who is registered for the event can join its sessions.")

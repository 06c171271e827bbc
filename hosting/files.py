"""Files beforehand: what a host, or the team, gives to those who have a place in a session.

A PDF, a Word document or slides, known by their bytes (``file_kinds``), with words of what is in it for who
cannot open it. They lie in the database with their row: backed up, deleted and forgotten as it is, and served
by one page that asks each time who it is: who may see how to join (rule P5), or hosts the session. They go 30
days after the event.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from common.transactions import retried
from events import joining_details
from events.models import Contributor, Event, Registration, Session
from hosting import access, people
from hosting.access import HostingRefused, NotTheirs, Reader
from hosting.file_kinds import FileRefused, kind_of
from hosting.models import SessionFile
from members.capabilities import CHANGE_PROGRAMME, SEE_EVENTS
from members.models import Member
from workshops.models import Booking

MOST: Final = 5
RETENTION: Final = timedelta(days=30)


@retried
def add(session: Session, reader: Reader, *, title: str, about: str, content: bytes, at: datetime) -> None:
    """Give a file to those who have a place; the same again changes nothing.

    Raises ``NotTheirs``, ``NotAgreed`` and ``FileRefused``.
    """
    kind, digest = kind_of(content), hashlib.sha256(content).hexdigest()
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    host = acting(session, reader, at=at)
    there = SessionFile.objects.filter(session=session)
    if there.filter(digest=digest).exists():
        return
    if there.count() >= MOST:
        raise FileRefused(_("There are five files already. Remove one first, or give a link."))
    if at.date() > (session.event.last_day + RETENTION):
        raise FileRefused(_("The event is long over, so nobody would see the file."))
    SessionFile.objects.create(
        session=session,
        title=title,
        about=about,
        kind=kind,
        size=len(content),
        content=content,
        digest=digest,
        by=host,
        at=at,
    )
    trail.record(session, Act.FILE_ADDED, by=reader.by, at=at, contributor=host.pk if host else None)


@retried
def remove(session: Session, reader: Reader, pk: int, *, at: datetime) -> None:
    """Take a file of the session away; twice is once. Raises ``NotTheirs`` and ``NotAgreed``."""
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    host = acting(session, reader, at=at)
    if SessionFile.objects.filter(session=session, pk=pk).delete()[0]:
        trail.record(session, Act.FILE_REMOVED, by=reader.by, at=at, contributor=host.pk if host else None)


def acting(session: Session, reader: Reader, *, at: datetime) -> Contributor | None:
    """Return as which host the reader acts, ``None`` for one of the team who hosts it not, or has not agreed.

    Raises ``NotTheirs`` and ``NotAgreed``.
    """
    try:
        return people.seen_by(session, reader, at=at).contributor
    except HostingRefused:
        if is_of_team(reader):
            return None
        raise


def is_of_team(reader: Reader) -> bool:
    """Whether they see and change the programme, and have given their second step."""
    return reader.member is not None and reader.member.has_perms([SEE_EVENTS, CHANGE_PROGRAMME])


def of_session(session: Session) -> "QuerySet[SessionFile]":
    """Return the files of a session, without their bytes."""
    return SessionFile.objects.filter(session=session).defer("content")


def of_agenda(event: Event, member: Member) -> "QuerySet[SessionFile]":
    """Return what a member has to read before the sessions they have, by time, once they come; one query.

    As ``joining_details.may_join`` has it: of an event that was called off there is nothing to get.
    """
    has_place = Booking.objects.with_place().filter(member=member, session__event=event)
    open_to_all = Q(session__workshop=None)
    comes = Registration.objects.confirmed().filter(event=OuterRef("session__event"), member=member)
    files = SessionFile.objects.filter(
        Q(session__in=has_place.values("session")) | open_to_all,
        Exists(comes),
        session__event=event,
        session__status=Session.Status.PUBLISHED,
    ).exclude(session__event__status=Event.Status.CANCELLED)
    return files.defer("content").select_related("session__event").order_by("session__starts_at", "pk")


def opened(session: Session, reader: Reader, pk: int, *, at: datetime) -> SessionFile:
    """Return a file for whoever may have it. Raises ``NotTheirs``, also where there is none."""
    if not joining_details.may_join(session, reader.member) and not is_of_team(reader):
        access.part(session, reader, at=at)
    file = SessionFile.objects.filter(session=session, pk=pk).first()
    if file is None:
        raise NotTheirs
    return file


def forget(*, at: datetime) -> int:
    """Delete the files of events that are long over; return how many."""
    return SessionFile.objects.filter(session__event__last_day__lt=(at - RETENTION).date()).delete()[0]

"""Links beforehand: what a host wants those to read who have a place; seen where joining details are."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from common.transactions import retried
from events.models import Session
from hosting.access import HostingRefused, Reader
from hosting.models import SessionLink
from hosting.people import seen_by

MOST: Final = 10


class LinkRefused(HostingRefused):
    """There are as many as there may be."""


@retried
def add(session: Session, reader: Reader, *, title: str, url: str, at: datetime) -> None:
    """Add a link; the same address again changes nothing.

    Raises ``NotTheirs``, ``NotAgreed`` and ``LinkRefused``.
    """
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    part = seen_by(session, reader, at=at)
    there = SessionLink.objects.filter(session=session)
    if there.filter(url=url).exists():
        return
    if there.count() >= MOST:
        raise LinkRefused(_("There are ten links already. Remove one first."))
    SessionLink.objects.create(session=session, title=title, url=url, by=part.contributor, at=at)
    trail.record(session, Act.LINK_ADDED, by=reader.by, at=at, contributor=part.contributor.pk)


@retried
def remove(session: Session, reader: Reader, pk: int, *, at: datetime) -> None:
    """Remove a link of the session; twice is once. Raises ``NotTheirs`` and ``NotAgreed``."""
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    part = seen_by(session, reader, at=at)
    if SessionLink.objects.filter(session=session, pk=pk).delete()[0]:
        trail.record(session, Act.LINK_REMOVED, by=reader.by, at=at, contributor=part.contributor.pk)

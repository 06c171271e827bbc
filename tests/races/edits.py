"""Sessions as an editor's form has them while others book: changed, and not saved."""

from datetime import timedelta
from typing import Any

from events.models import Session
from tests.make import later


def changed(session: Session, **fields: Any) -> Session:
    """The session as an editor's form has it, not saved."""
    fresh = Session.objects.get(pk=session.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    return fresh


def cancelled(session: Session) -> Session:
    return changed(session, status=Session.Status.CANCELLED)


def moved(session: Session, by: timedelta) -> Session:
    return later(changed(session), by)

"""Sessions as an editor's form has them while others book: changed, and not saved."""

from events.models import Session


def changed(session, **fields):
    """The session as an editor's form has it, not saved."""
    fresh = Session.objects.get(pk=session.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    return fresh


def cancelled(session):
    return changed(session, status=Session.Status.CANCELLED)


def moved(session, by):
    return changed(session, starts_at=session.starts_at + by, ends_at=session.ends_at + by)

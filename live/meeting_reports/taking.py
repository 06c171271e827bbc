"""Taking a report: looked at once more while nothing else is noted of the session, then all of it or nothing.

Until it is taken a report lies for a day at most, with what was answered about it. Taking it deletes it, as
giving it up does, and with it the names and addresses of all whom it names.
"""

import io
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from common.transactions import retried
from events.models import Session
from live import attendance
from live.meeting_reports.plan import Plan, look
from live.models import Attendance, MeetingReport
from members.models import Member

#: For so long a report waits to be taken.
REPORTS_KEPT: Final = timedelta(days=1)


class ReportRefused(Exception):
    """An expected no; ``str()`` is the sentence for the person."""


class ReportChanged(ReportRefused):
    """Taking it would write something else than was looked at; ``plan`` is what."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(_("Something has changed since you looked. Nothing was saved: look again."))
        self.plan = plan


@retried
def keep(session: Session, member: Member, filename: str, content: bytes, *, at: datetime) -> MeetingReport:
    """Keep a report that can be read, in place of what they uploaded before. Raises ``TableRefused``."""
    kept = MeetingReport(
        session=session, member=member, filename=filename[:200], content=content, created_at=at
    )
    look_at(kept)
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    MeetingReport.objects.filter(session=session, member=member).delete()
    kept.save()
    return kept


def look_at(kept: MeetingReport) -> Plan:
    """Say what taking it would change. Raises ``TableRefused``."""
    return look(
        kept.session, _day(kept.session), io.BytesIO(bytes(kept.content)), kept.filename, kept.answers
    )


@retried
def take(kept: MeetingReport, fingerprint: str, *, by: Member, at: datetime) -> Plan:
    """Save what was looked at, and forget the report. Raises ``ReportRefused`` and ``AttendanceRefused``.

    The session's lock keeps still whatever is noted of it (``live.attendance`` shares that lock).
    """
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=kept.session_id)
    if not MeetingReport.objects.select_for_update().filter(pk=kept.pk).exists():
        raise ReportRefused(_("This report was saved or given up meanwhile."))
    plan = look_at(kept)
    if plan.fingerprint != fingerprint or not plan.is_ready:
        raise ReportChanged(plan)
    for line in plan.written:
        attendance.correct(
            kept.session,
            line.registration,
            came=bool(line.came),
            minutes=line.minutes,
            source=Attendance.Source.REPORT,
            by=by,
            at=at,
        )
    trail.record(kept.session, Act.REPORT_TAKEN, by=by, at=at, number=len(plan.written))
    kept.delete()
    return plan


def give_up(kept: MeetingReport) -> None:
    """Forget a report that is not taken."""
    MeetingReport.objects.filter(pk=kept.pk).delete()


def forget(*, at: datetime) -> int:
    """Delete reports that nobody has taken; return how many."""
    return MeetingReport.objects.filter(created_at__lte=at - REPORTS_KEPT).delete()[0]


def _day(session: Session) -> date:
    """Return the day of a session by its event's clock; of one without a time, that of its event."""
    if session.starts_at is None:
        return session.event.first_day
    return timezone.localdate(session.starts_at, session.event.zone)

"""What is noted of whoever reads a session's page."""

from datetime import datetime

from django import template
from django.contrib.auth.models import AnonymousUser

from events.models import Session
from live.models import Attendance
from members.models import Member

register = template.Library()


@register.simple_tag
def noted_absent(reader: Member | AnonymousUser, session: Session, at: datetime) -> Attendance | None:
    """Return that somebody decided that they were not there, once it is over. One query then."""
    if not reader.is_authenticated or not session.has_ended(at):
        return None
    noted = Attendance.objects.filter(registration__member=reader.pk, session=session, came=False)
    return noted.first()

"""What is known of somebody's being in a session, in words for the team and hosts."""

from django.utils.translation import gettext as _

from live.models import Attendance


def known_of(one: Attendance | None) -> str:
    """Say what is known of somebody, and by whom."""
    if one is None:
        return _("nothing is known")
    if one.came is not None:
        said = _("was there") if one.came else _("was not there")
        sources = {
            Attendance.Source.HOST: _("as a host said"),
            Attendance.Source.TEAM: _("as the team said"),
            Attendance.Source.REPORT: _("by the meeting’s report"),
        }
        return f"{said}, {sources[Attendance.Source(one.decided_by)]}"
    return _("said that they were there") if one.said_at else _("pressed Join")

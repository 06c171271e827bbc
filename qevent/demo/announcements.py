"""The demo's announcements: one that was sent, one that waits for its moment, a draft."""

from datetime import datetime, timedelta
from typing import Final

from common.edit_conflicts import stamp
from events.models import Event
from members.models import Member
from team.announcements import sending, writing
from team.announcements.writing import Words
from team.models import Announcement

Audience = Announcement.Audience
SENT: Final = """
<p>Hello {first name},</p>
<p>the programme of {event} is complete. Two sessions were added since you registered:</p>
<ul><li>one on <strong>rotas as kindness</strong></li><li>one on what wards learn from complaints</li></ul>
<p>{programme link}</p>
"""
WAITS: Final = """
<p>Hello {first name},</p>
<p>you are registered for {event}, and have not booked a session yet. Most still have places.</p>
<p>{agenda link}</p>
"""
DRAFT: Final = """
<p>Hello {first name},</p>
<p>{event} is free, online, and open to you as a member. It would be good to see you.</p>
<p>{registration link}</p>
"""


def load(event: Event, by: Member, *, at: datetime) -> None:
    """Write the three; the first is on its way to those who are registered."""
    _draft(event, by, Audience.NOT_REGISTERED, "Come to {event}?", DRAFT, at)
    waits = _draft(event, by, Audience.NOTHING_BOOKED, "You have booked nothing yet", WAITS, at)
    writing.schedule(waits, at + timedelta(days=1), seen=stamp(waits), by=by, at=at)
    sent = _draft(event, by, Audience.REGISTERED, "The programme is complete", SENT, at)
    sending.send(sent, seen=stamp(sent), by=by, at=at)
    sending.write_due(clock=lambda: at)


def _draft(
    event: Event, by: Member, audience: Audience, subject: str, words: str, at: datetime
) -> Announcement:
    written = Words(audience, event, None, (), subject, words.strip(), "")
    return writing.begin(written, by=by, at=at)

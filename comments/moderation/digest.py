"""The digest to moderators: what waits, twice a working day at most, so that the promised day is kept."""

from datetime import datetime, time, timedelta
from typing import Final

from comments.models import Comment, Report
from comments.moderation import moderators
from common.times import SITE_ZONE
from notifications import outbox

#: When the team works.
STARTS: Final = time(8)
NOON: Final = time(13)
ENDS: Final = time(18)
LAST_WORKING_DAY: Final = 4
#: Whatever is newer may just be looked at by somebody.
WAITED: Final = timedelta(hours=1)
#: A digest that comes later says what another one says better.
OF_USE: Final = timedelta(hours=5)


def tell_moderators(*, at: datetime) -> None:
    """Owe each moderator a digest where something has waited for an hour, once in each half of a working day.

    Admins who are in no group of moderators get it only where there is nobody else.
    """
    local = at.astimezone(SITE_ZONE)
    if local.weekday() > LAST_WORKING_DAY or not STARTS <= local.time() < ENDS:
        return
    if not _has_waited(since=at - WAITED):
        return
    half = "afternoon" if local.time() >= NOON else "morning"
    everybody = moderators.moderators()
    for member in everybody.filter(is_superuser=False) or everybody:
        outbox.enqueue(
            "moderation-digest",
            at=at,
            key=f"{member.pk}:{local:%Y-%m-%d}:{half}",
            member=member,
            not_after=at + OF_USE,
        )


def _has_waited(*, since: datetime) -> bool:
    """Whether a comment, a report, or a wish to look again has waited since then."""
    return (
        Comment.objects.pending().filter(created_at__lte=since).exists()
        or Report.objects.open().filter(created_at__lte=since).exists()
        or Comment.objects.appealed().filter(appealed_at__lte=since).exists()
    )

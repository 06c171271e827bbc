"""The promise to whoever comments: a moderator looks, usually within one working day.

A working day is Monday to Friday where the team works; bank holidays are not known here.
"""

from datetime import datetime, time, timedelta

from django.utils.timesince import timesince

from comments.moderation.digest import LAST_WORKING_DAY
from common.times import SITE_ZONE

ONE_DAY = timedelta(days=1)


def due(since: datetime) -> datetime:
    """Return until when somebody should have looked: the same time of the next working day.

    What comes at a weekend counts from Monday's beginning.
    """
    local = since.astimezone(SITE_ZONE)
    while local.weekday() > LAST_WORKING_DAY:
        local = datetime.combine(local.date() + ONE_DAY, time(), SITE_ZONE)
    local += ONE_DAY
    while local.weekday() > LAST_WORKING_DAY:
        local += ONE_DAY
    return local


def is_broken(since: datetime | None, at: datetime) -> bool:
    """Whether something has waited for longer than was promised."""
    return since is not None and at > due(since)


def waited(since: datetime | None, at: datetime) -> str:
    """Say for how long: "3 days", "20 minutes"; "" where nothing waits."""
    if since is None:
        return ""
    if at - since < timedelta(minutes=1):
        return "less than a minute"
    return timesince(since, at, depth=1).replace("\xa0", " ")

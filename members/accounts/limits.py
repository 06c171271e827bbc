"""How often something may be done to one account, or to one address: counted in the database.

A limit on guessing must hold when the cache is away, and must not be talked out of it by many at once: each
attempt is counted by one statement, committed on its own, before it is looked at. What is counted is known
by an HMAC only, so the table says nothing about anybody. What one network may do is limited before, in the
cache (``ACCOUNT_RATE_LIMITS``); a sweep takes away what has ended and keeps the table small.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import F, Sum

from common import keyed_digests
from members.models import Attempts

#: More rows than this are there only while somebody floods us; those with the fewest attempts go first.
MAX_ROWS: Final = 200_000
_PURPOSE: Final = "members.limits"

COUNT = """
INSERT INTO members_attempts AS known (key, count, ends_at) VALUES (%(key)s, 1, %(ends_at)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN known.ends_at <= %(at)s THEN 1 ELSE known.count + 1 END,
    ends_at = CASE WHEN known.ends_at <= %(at)s THEN EXCLUDED.ends_at ELSE known.ends_at END
RETURNING count
"""


@dataclass(frozen=True)
class Limit:
    """At most ``most`` attempts of a kind within ``window``, which begins with the first."""

    kind: str
    most: int
    window: timedelta

    def of(self, *whose: str) -> "LimitUse":
        """Return one attempt of somebody, or of something."""
        return LimitUse(self, "\n".join(whose))


@dataclass(frozen=True)
class LimitUse:
    """One attempt that counts for a limit."""

    limit: Limit
    whose: str

    @property
    def key(self) -> str:
        """What the attempts are counted under: it tells nobody whose they are."""
        return keyed_digests.made(_PURPOSE, self._name)[:40]

    @property
    def keys_of_before(self) -> list[str]:
        """What they were counted under before the site's secret key was changed."""
        return [one[:40] for one in keyed_digests.of_before(_PURPOSE, self._name)]

    @property
    def _name(self) -> str:
        return f"{self.limit.kind}\n{self.limit.window.total_seconds():.0f}\n{self.whose}"


class TooMany(Exception):
    """An expected no: ``limit`` is reached; ``is_first`` where this is the first attempt too many."""

    def __init__(self, limit: Limit, *, is_first: bool) -> None:
        super().__init__(f"More than {limit.most} in {limit.window}")
        self.limit, self.is_first = limit, is_first


def count(uses: Sequence[LimitUse], *, at: datetime) -> None:
    """Count an attempt for each, in this order. Raises ``TooMany`` at the first limit that is passed.

    Those that follow are not counted then. Each is committed at once, for no request of ours is one
    transaction (``ATOMIC_REQUESTS`` is off): what the caller rolls back later stays counted.
    """
    for use in uses:
        number = _count(use, at)
        if number > use.limit.most:
            raise TooMany(use.limit, is_first=number == use.limit.most + 1)


def give_back(uses: Sequence[LimitUse]) -> None:
    """Count an attempt no longer: it was no guess."""
    Attempts.objects.filter(pk__in=[use.key for use in uses], count__gt=0).update(count=F("count") - 1)


def forget(uses: Sequence[LimitUse]) -> None:
    """Count anew from nothing: whose it is has changed."""
    keys = [key for use in uses for key in (use.key, *use.keys_of_before)]
    Attempts.objects.filter(pk__in=keys).delete()


def sweep(*, at: datetime) -> int:
    """Forget what has ended, and of too many rows those with the fewest attempts; return how many."""
    gone, _ = Attempts.objects.filter(ends_at__lte=at).delete()
    too_many = Attempts.objects.count() - MAX_ROWS
    if too_many > 0:
        few = Attempts.objects.order_by("count", "ends_at").values_list("pk", flat=True)[:too_many]
        gone += Attempts.objects.filter(pk__in=list(few)).delete()[0]
    return gone


def _count(use: LimitUse, at: datetime) -> int:
    values: dict[str, str | datetime] = {"key": use.key, "ends_at": at + use.limit.window, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        number: int = cursor.fetchone()[0]
    return number + _counted_before(use, at)


def _counted_before(use: LimitUse, at: datetime) -> int:
    """Return what was counted under keys of before: a changed key gives nobody new attempts."""
    if not use.keys_of_before:
        return 0
    before = Attempts.objects.filter(pk__in=use.keys_of_before, ends_at__gt=at)
    return before.aggregate(sum=Sum("count"))["sum"] or 0

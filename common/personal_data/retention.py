"""How long each kind of data is kept, and why: one table, filled by the apps that keep them.

The hourly task forgets by it, the page about privacy shows it, and docs/privacy.md has it (a test compares
them). A period stands where its rule is; the table only names it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError

from common.personal_data.registry import Text
from common.words import counted

Forget = Callable[..., object]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """One kind of data: ``what`` it is, for how long it is kept (or until ``until``), and ``why``.

    ``forget`` is called with ``at=`` each hour; without one, something else ends it, which ``why`` says.
    """

    kind: str
    what: Text
    why: Text
    period: timedelta | None = None
    until: Text = ""
    forget: Forget | None = None

    @property
    def how_long(self) -> str:
        """The period in words: "90 days", "15 minutes"; or until when."""
        if self.period is None:
            return str(self.until)
        if self.period < timedelta(hours=1):
            minutes = self.period // timedelta(minutes=1)
            return counted(minutes, "%(count)s minute", "%(count)s minutes")
        if self.period < timedelta(days=1):
            return counted(self.period // timedelta(hours=1), "%(count)s hour", "%(count)s hours")
        return counted(self.period.days, "%(count)s day", "%(count)s days")


_TABLE: Final[dict[str, Kept]] = {}


def keep(kept: Kept) -> None:
    """Put a kind of data into the table; for ``AppConfig.ready``."""
    _TABLE[kept.kind] = kept


def table() -> list[Kept]:
    """All kinds, as the apps named them."""
    return list(_TABLE.values())


def forget(*, at: datetime) -> None:
    """Forget what is not kept any longer. A kind that fails is logged, and does not keep the others."""
    for kept in table():
        if kept.forget is None:
            continue
        try:
            kept.forget(at=at)
        except (DatabaseError, OSError):
            logger.exception("What is kept as “%s” could not be forgotten.", kept.kind)

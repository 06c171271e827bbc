"""The site's settings as pages show them, kept in the memory of each process for seconds.

Every page needs them, and they change a few times a year. Who may change them always reads them from the
database, so they see what they saved at once, whichever process answers; all others see it seconds later.
Rules, emails and the admin ask ``SiteSettings.load``, and nothing about a person is ever kept here.
"""

from datetime import datetime, timedelta

from django.conf import settings

from members.models import Member, SiteSettings


class _Memory:
    """What this process read last, and when."""

    def __init__(self) -> None:
        self._kept: tuple[datetime, SiteSettings] | None = None

    def recall(self, at: datetime) -> SiteSettings | None:
        """Return what was read less than so many seconds before ``at``; a clock that went back forgets."""
        if self._kept is None:
            return None
        read_at, site = self._kept
        is_fresh = read_at <= at < read_at + timedelta(seconds=settings.SITE_SETTINGS_KEPT_SECONDS)
        return site if is_fresh else None

    def read(self, at: datetime) -> SiteSettings:
        """Read them anew and keep them. One query."""
        site = SiteSettings.load()
        self._kept = (at, site)
        return site


_memory = _Memory()


def settings_for(reader: Member | None, *, at: datetime) -> SiteSettings:
    """Return the settings with their ``pages``, to be shown to ``reader`` and never changed."""
    may_change_them = reader is not None and reader.is_staff
    return (None if may_change_them else _memory.recall(at)) or _memory.read(at)

"""Has every process read the time zones from the pinned ``tzdata`` package; asks nothing of Django."""

import zoneinfo


def use_pinned() -> None:
    """Read zones from the pinned package from now on, and forget those that were read already."""
    zoneinfo.reset_tzpath(())
    zoneinfo.ZoneInfo.clear_cache()

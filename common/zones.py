"""The time zones that people choose from: the UK and Ireland first, then cities by continent."""

import os
import sysconfig
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from common.times import UK_AND_IRELAND, known_time_zones

CONTINENTS: Final = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)

Choices = list[tuple[str, list[tuple[str, str]]]]


@cache
def zone_choices() -> Choices:
    """Return grouped choices for a select: (group, [(name of the zone, label)])."""
    first = [("Europe/London", "United Kingdom (London)"), ("Europe/Dublin", "Ireland (Dublin)")]
    groups: Choices = [("UK and Ireland", first)]
    names = sorted(known_time_zones() - UK_AND_IRELAND)
    for continent in CONTINENTS:
        cities = [(name, _city(name)) for name in names if name.startswith(f"{continent}/")]
        groups.append((continent, sorted(cities, key=lambda city: city[1])))
    groups.append(("Other", [("UTC", "UTC")]))
    return groups


def choices_with(zone: str) -> Choices:
    """Return the choices, and ``zone`` beside them where it is an older name that is not among them."""
    groups = zone_choices()
    if any(zone == name for _, cities in groups for name, _ in cities):
        return groups
    return [*groups, ("Chosen before", [(zone, zone)])]


@cache
def of_the_machine(zone: str) -> ZoneInfo | None:
    """Return a zone by the rules of the machine's own files, ``None`` where it has none of that name."""
    if zone not in known_time_zones():
        return None
    for folder in (sysconfig.get_config_var("TZPATH") or "").split(os.pathsep):
        file = Path(folder) / zone
        if folder and file.is_file():
            with file.open("rb") as content:
                return ZoneInfo.from_file(content, key=zone)
    return None


def _city(name: str) -> str:
    """Name a zone by its city: "America/Argentina/Buenos_Aires" is "Buenos Aires (Argentina)"."""
    _, _, place = name.partition("/")
    country, _, city = place.replace("_", " ").rpartition("/")
    return f"{city} ({country})" if country else city

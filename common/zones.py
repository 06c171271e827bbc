"""The time zones that people choose from: the UK and Ireland first, then cities by continent."""

import os
import sysconfig
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.times import UK_AND_IRELAND, known_time_zones

#: As the time zone database begins its names, and for people.
CONTINENTS: Final = {
    "Africa": gettext_lazy("Africa"),
    "America": gettext_lazy("America"),
    "Antarctica": gettext_lazy("Antarctica"),
    "Arctic": gettext_lazy("Arctic"),
    "Asia": gettext_lazy("Asia"),
    "Atlantic": gettext_lazy("Atlantic"),
    "Australia": gettext_lazy("Australia"),
    "Europe": gettext_lazy("Europe"),
    "Indian": pgettext_lazy("the Indian Ocean", "Indian"),
    "Pacific": gettext_lazy("Pacific"),
}

#: Lazy, because they are made once for all languages.
Words = str | Promise
Choices = list[tuple[Words, list[tuple[str, Words]]]]


@cache
def zone_choices() -> Choices:
    """Return grouped choices for a select: (group, [(name of the zone, label)])."""
    first: list[tuple[str, Words]] = [
        ("Europe/London", gettext_lazy("United Kingdom (London)")),
        ("Europe/Dublin", gettext_lazy("Ireland (Dublin)")),
    ]
    groups: Choices = [(gettext_lazy("UK and Ireland"), first)]
    names = sorted(known_time_zones() - UK_AND_IRELAND)
    for continent, words in CONTINENTS.items():
        cities = [(_city(name), name) for name in names if name.startswith(f"{continent}/")]
        groups.append((words, [(name, city) for city, name in sorted(cities)]))
    groups.append((gettext_lazy("Other"), [("UTC", "UTC")]))
    return groups


def choices_with(zone: str) -> Choices:
    """Return the choices, and ``zone`` beside them where it is an older name that is not among them."""
    groups = zone_choices()
    if any(zone == name for _, cities in groups for name, _ in cities):
        return groups
    return [*groups, (gettext_lazy("Chosen before"), [(zone, zone)])]


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

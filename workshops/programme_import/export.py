"""The programme of an event as a spreadsheet (CSV, RFC 4180) that can be imported again as it is.

Times are local to the event, with their offset only where the clocks show them twice. Whoever opens the file
in a spreadsheet is safe from formulas (``common.spreadsheets.cells.escaped``); the import takes the escapes
off again, so that a file which nobody has edited changes nothing. Sessions are known again by their address
(``slug``).
"""

import csv
import io
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from common.spreadsheets.cells import escaped
from common.times import is_repeated
from events.models import Contributor, Event, Session, SessionContributor
from workshops.programme_import.cells.hosts import PEOPLE, TURNED, parted, person_of
from workshops.programme_import.cells.lists import quoted, titles
from workshops.programme_import.cells.times import UNKNOWN

COLUMNS = (
    "slug", "id", "title", "format", "theme", "starts_at", "ends_at", "room", "capacity", "hosts", "summary",
    "description", "status",
)  # fmt: skip


def programme_csv(event: Event) -> str:
    """Return all sessions of an event, in their order. Four queries, however many there are."""
    hosts = SessionContributor.objects.filter(part=SessionContributor.Part.HOST)
    sessions = Session.objects.filter(event=event).select_related("workshop").in_order()
    sessions = sessions.prefetch_related(
        "themes", Prefetch("session_contributors", hosts.select_related("contributor"), "hosts_of_it")
    )
    names = Counter(key for keys in Contributor.objects.values_list("name_keys", flat=True) for key in keys)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for session in sessions:
        writer.writerow([escaped(value) for value in _values(session, event.zone, names)])
    return file.getvalue()


def _values(session: Session, zone: ZoneInfo, names: Counter[str]) -> list[str]:
    links: list[SessionContributor] = getattr(session, "hosts_of_it")  # noqa: B009  # set by the prefetch
    return [
        session.slug,
        session.external_id,
        session.title,
        session.format,
        "; ".join(title_in_a_list(theme.title) for theme in session.themes.all()),
        _moment(session.starts_at, zone),
        _moment(session.ends_at, zone),
        session.room,
        _places(session),
        "; ".join(_host(link.contributor, names) for link in links),
        session.summary,
        session.description,
        session.status,
    ]


def title_in_a_list(title: str) -> str:
    """Return a title so that ``titles`` reads just it."""
    is_plain = titles(title) == [title] and title.casefold() not in UNKNOWN
    return title if is_plain else quoted(title)


def name_in_a_list(name: str) -> str:
    """Return a name so that it is read as just this person's, whatever the commas of the file mean."""
    try:
        read = [[person_of(one, commas) for one in parted(name, "", commas)] for commas in (PEOPLE, TURNED)]
    except ValueError:
        return quoted(name)
    is_plain = all([(one.name, one.organisation) for one in people] == [(name, "")] for people in read)
    return name if is_plain and "," not in name and name.casefold() not in UNKNOWN else quoted(name)


def _host(contributor: Contributor, names: Counter[str]) -> str:
    """Return the name; with the address only where somebody else has the same name."""
    name = name_in_a_list(contributor.name)
    is_shared = any(names[key] > 1 for key in contributor.name_keys)
    return f"{name} <{contributor.email}>" if is_shared and contributor.email else name


def _places(session: Session) -> str:
    workshop = getattr(session, "workshop", None)
    if workshop is None:
        return ""
    return "no limit" if workshop.capacity is None else str(workshop.capacity)


def _moment(at: datetime | None, zone: ZoneInfo) -> str:
    if at is None:
        return ""
    local = at.astimezone(zone)
    if is_repeated(local):
        return local.isoformat(" ", "seconds")
    return f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00")

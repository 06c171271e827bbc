"""The community's list of members: read from a spreadsheet, looked at, then imported whole or not at all.

Whoever confirms a listed address is a member at once; who had confirmed hers and waits becomes one when it
is imported, with mail. Importing the same file again changes nothing. Rows that are no longer in the file
are named and stay: taking somebody off is a decision of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import BinaryIO, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction

from members.membership import MembershipRefused, approve
from members.models import ListedAddress, Member
from members.names import validate_name
from members.regions import region_of
from members.tables import Row, TableProblem, TableRefused, read_table, shortened

COLUMNS: Final = {
    "email": True,
    "name": False,
    "first_name": False,
    "last_name": False,
    "organisation": False,
    "role": False,
    "region": False,
}
ALIASES: Final = {
    "email_address": "email",
    "e_mail": "email",
    "e_mail_address": "email",
    "mail": "email",
    "full_name": "name",
    "forename": "first_name",
    "given_name": "first_name",
    "surname": "last_name",
    "family_name": "last_name",
    "organization": "organisation",
    "job_title": "role",
    "nation": "region",
    "nation_or_region": "region",
}
LIMITS: Final = {"email": 254, "name": 150, "organisation": 200, "role": 200}
#: The number under which two imports at once wait for each other.
_LOCK: Final = 20261118
_BATCH: Final = 1000


@dataclass(frozen=True)
class Entry:
    """One person of the list. A detail that is None was not in the file and stays as it is."""

    email: str
    name: str | None = None
    organisation: str | None = None
    role: str | None = None
    region: str | None = None

    def details(self) -> dict[str, str]:
        """Return what the file says about her besides the address."""
        return {name: value for name, value in asdict(self).items() if name != "email" and value is not None}


@dataclass
class Upload:
    """A file that was read: its entries, and what is worth knowing about it."""

    entries: list[Entry]
    notices: list[str] = field(default_factory=list)


@dataclass
class Plan:
    """What importing the entries does, or has done."""

    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    unchanged: list[Entry] = field(default_factory=list)
    #: Of all of them, how many are members already.
    members: int = 0
    #: People who confirmed a listed address and wait: they become members.
    waiting: list[Member] = field(default_factory=list)
    #: Addresses of the list that the file does not have; they stay.
    gone: list[str] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether all of it is so already."""
        return not (self.new or self.changed or self.waiting)


def read_entries(file: BinaryIO, filename: str) -> Upload:
    """Read the list. Raises ``TableRefused`` with every problem by its row."""
    table = read_table(file, filename, COLUMNS, aliases=ALIASES)
    rows, repeated = _once(table)
    problems = [*_problems(table), *repeated]
    if problems:
        raise TableRefused(shortened(sorted(problems, key=lambda problem: problem.row)))
    unknown = sorted({row["region"] for row in table if row["region"] and not region_of(row["region"])})
    notices = [*table.notices]
    if len(rows) < len(table):
        notices.append(f"Rows that say the same as one above count once: {len(table) - len(rows)}.")
    if unknown:
        notices.append(f"Left empty, because not known as a nation or region: {', '.join(unknown[:20])}.")
    return Upload([_entry(row, table.columns) for row in rows], notices)


def _entry(row: Row, columns: Sequence[str]) -> Entry:
    details = {name: " ".join(row[name].split()) for name in columns if name in ("organisation", "role")}
    if {"name", "first_name", "last_name"} & set(columns):
        details["name"] = _name(row)
    if "region" in columns:
        details["region"] = region_of(row["region"])
    return Entry(row["email"].lower(), **details)


def _name(row: Row) -> str:
    """Return her name as one, from whatever columns have it."""
    return " ".join((row["name"] or f"{row['first_name']} {row['last_name']}").split())


def _problems(rows: Sequence[Row]) -> Iterator[TableProblem]:
    for row in rows:
        if not row["email"]:
            yield TableProblem(row.number, "email", "There is no email address.")
            continue
        yield from _too_long(row)
        try:
            validate_email(row["email"])
        except ValidationError:
            yield TableProblem(row.number, "email", f'"{row["email"][:100]}" is not an email address.')
        try:
            validate_name(_name(row) or "-")
        except ValidationError as error:
            yield TableProblem(row.number, "name", error.messages[0])


def _too_long(row: Row) -> Iterator[TableProblem]:
    texts = dict(row.values) | {"name": _name(row)}
    for column, limit in LIMITS.items():
        if len(texts[column]) > limit:
            yield TableProblem(row.number, column, f"This is longer than {limit} characters.")


def _once(rows: Sequence[Row]) -> tuple[list[Row], list[TableProblem]]:
    """Return the rows without those that say the same again, and a problem for each that says otherwise."""
    first: dict[str, Row] = {}
    problems = []
    for row in rows:
        address = row["email"].lower()
        known = first.setdefault(address, row) if address else row
        if known is not row and _details(known) != _details(row):
            message = f"{address} is in row {known.number} already, with other details."
            problems.append(TableProblem(row.number, "email", message))
    return list(first.values()), problems


def _details(row: Row) -> list[str]:
    return [" ".join(value.split()) for name, value in row.values.items() if name != "email"]


def plan(entries: Sequence[Entry]) -> Plan:
    """Say what importing them would do. Three queries, however many they are."""
    listed = {address.email.lower(): address for address in ListedAddress.objects.all()}
    made = Plan()
    for entry in entries:
        known = listed.pop(entry.email, None)
        if known is None:
            made.new.append(entry)
        elif any(getattr(known, name) != value for name, value in entry.details().items()):
            made.changed.append(entry)
        else:
            made.unchanged.append(entry)
    addresses = [entry.email for entry in entries]
    made.gone = sorted(listed)
    made.members = Member.objects.active().filter(email__in=addresses).count()
    made.waiting = _confirmed_and_waiting(addresses)
    return made


def import_members(entries: Sequence[Entry], *, by: Member | None, at: datetime) -> Plan:
    """Put the entries on the list and make members of those who wait with a confirmed address.

    Returns what was done. The list is committed before the waiting are looked for: who confirms at the
    same moment either finds the list or is found here.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        done = plan(entries)
        _write(done, at)
    done.waiting = [
        member
        for member in _confirmed_and_waiting([entry.email for entry in entries])
        if _approved(member, by, at)
    ]
    return done


def in_words(done: Plan) -> str:
    """Say what an import did."""
    if done.changes_nothing:
        return "All of it was so already: nothing has changed."
    parts = [f"{len(done.new)} new", f"{len(done.changed)} changed", f"{len(done.unchanged)} unchanged"]
    approved = len(done.waiting)
    became = f" {approved} waiting {'person is a member' if approved == 1 else 'people are members'} now."
    return f"The list is imported: {', '.join(parts)}.{became if approved else ''}"


def _write(done: Plan, at: datetime) -> None:
    new = [ListedAddress(email=entry.email, created_at=at, **entry.details()) for entry in done.new]
    ListedAddress.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    changes = {entry.email: entry.details() for entry in done.changed}
    changed = list(ListedAddress.objects.filter(email__in=changes).select_for_update())
    for address in changed:
        for name, value in changes[address.email].items():
            setattr(address, name, value)
    ListedAddress.objects.bulk_update(changed, ["name", "organisation", "role", "region"], batch_size=_BATCH)


def _confirmed_and_waiting(addresses: Sequence[str]) -> list[Member]:
    waiting = Member.objects.waiting_for_approval().with_confirmed_address()
    return list(waiting.filter(email__in=addresses).order_by("pk"))


def _approved(member: Member, by: Member | None, at: datetime) -> bool:
    try:
        return approve(member, by=by, at=at).is_member
    except MembershipRefused:  # somebody decided otherwise a moment ago
        return False

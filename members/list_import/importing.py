"""The community's list of members: what importing a list does (``reading`` reads one), and doing it.

Whoever confirms a listed address is a member at once; who had confirmed theirs and waits becomes one when it
is imported, with mail. Importing the same file again changes nothing. Rows that are no longer in the file
are named and stay: taking somebody off is a decision of its own.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from audit import trail
from audit.actors import By, importing
from audit.acts import Act
from members.list_import.reading import Entry
from members.membership import MembershipRefused, approve
from members.models import ListedAddress, Member

#: The number under which two imports at once wait for each other.
_LOCK: Final = 20261118
_BATCH: Final = 1000


@dataclass(frozen=True)
class Change:
    """One detail of a listed person: as it is, and as the file has it."""

    email: str
    column: str
    before: str
    after: str

    @property
    def what(self) -> str:
        """The detail as the admin calls it."""
        field = ListedAddress._meta.get_field(self.column)
        return str(getattr(field, "verbose_name", self.column))


@dataclass
class Plan:
    """What importing the entries does, or has done."""

    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    unchanged: list[Entry] = field(default_factory=list)
    #: What becomes of those that change, detail by detail.
    changes: list[Change] = field(default_factory=list)
    #: Of all of them, how many are members already.
    members: int = 0
    #: People who confirmed a listed address and wait: they become members.
    waiting: list[Member] = field(default_factory=list)
    #: Addresses of the list that the file does not have; they stay.
    gone: list[str] = field(default_factory=list)
    #: Addresses of the list whose status in the file is that of no member; they stay.
    ended: list[str] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """A digest of what would be written to the list; the same as long as it would be the same."""
        return hashlib.sha256(repr((self.new, self.changes)).encode()).hexdigest()

    @property
    def changes_nothing(self) -> bool:
        """Whether all of it is so already."""
        return not (self.new or self.changed or self.waiting)


class ListChanged(Exception):
    """An expected no: the import would write something else than was looked at; ``plan`` is what."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("The list has changed since you looked. Nothing has been imported: look again.")
        self.plan = plan


def plan(entries: Sequence[Entry], *, ended: Collection[str] = ()) -> Plan:
    """Say what importing them would do. Three queries, however many they are."""
    listed = {address.email.lower(): address for address in ListedAddress.objects.all()}
    made = Plan()
    for entry in entries:
        known = listed.pop(entry.email, None)
        if known is None:
            made.new.append(entry)
        elif changes := list(_changes(known, entry)):
            made.changed.append(entry)
            made.changes += changes
        else:
            made.unchanged.append(entry)
    addresses = [entry.email for entry in entries]
    made.ended = sorted(set(listed) & set(ended))
    made.gone = sorted(set(listed) - set(ended))
    made.members = Member.objects.active().filter(email__in=addresses).count()
    made.waiting = _confirmed_and_waiting(addresses)
    return made


def _changes(known: ListedAddress, entry: Entry) -> Iterator[Change]:
    for name, value in entry.details().items():
        before = getattr(known, name)
        if before != value:
            yield Change(entry.email, name, before, value)


def import_members(entries: Sequence[Entry], *, by: By, at: datetime, fingerprint: str | None = None) -> Plan:
    """Put the entries on the list and make members of those who wait with a confirmed address.

    Returns what was done. The list is committed before the waiting are looked for: who confirms at the
    same moment either finds the list or is found here. Raises ``ListChanged`` where ``fingerprint`` is of
    another plan than the list allows now.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        done = plan(entries)
        if fingerprint not in (None, done.fingerprint):
            raise ListChanged(done)
        _write(done, importing(by), at)
    done.waiting = [
        member
        for member in _confirmed_and_waiting([entry.email for entry in entries])
        if _approved(member, importing(by), at)
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


def _write(done: Plan, by: By, at: datetime) -> None:
    new = [ListedAddress(email=entry.email, created_at=at, **entry.details()) for entry in done.new]
    ListedAddress.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    changes = {entry.email: entry.details() for entry in done.changed}
    changed = list(ListedAddress.objects.filter(email__in=changes).select_for_update())
    for address in changed:
        for name, value in changes[address.email].items():
            setattr(address, name, value)
    ListedAddress.objects.bulk_update(changed, ["name", "organisation", "role", "region"], batch_size=_BATCH)
    listed = ListedAddress.objects.filter(email__in=[entry.email for entry in done.new])
    trail.record_each(ListedAddress, listed.values_list("pk", flat=True), Act.LISTED, by=by, at=at)
    trail.record_each(ListedAddress, [one.pk for one in changed], Act.LISTING_CHANGED, by=by, at=at)


def _confirmed_and_waiting(addresses: Sequence[str]) -> list[Member]:
    waiting = Member.objects.waiting_for_approval().with_confirmed_address()
    return list(waiting.filter(email__in=addresses).order_by("pk"))


def _approved(member: Member, by: By, at: datetime) -> bool:
    try:
        return approve(member, by=by, at=at).is_member
    except MembershipRefused:  # somebody decided otherwise a moment ago
        return False

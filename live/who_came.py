"""Who was in a session, as its page says it to the team and to hosts, and what they correct there."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from audit.actors import By
from common.http import parse_id
from common.transactions import retried
from common.words import counted, in_a_row
from events.models import Registration, Session
from live import attendance
from live.expected import expected
from live.models import Attendance
from live.words import known_of

#: Of so many it is said by name what became of them.
_NAMED: Final = 5


@dataclass(frozen=True)
class Guest:
    """One person who was expected or was there, and what is known of it."""

    registration: Registration
    known: Attendance | None
    has_place: bool

    @property
    def was_there(self) -> bool | None:
        """Whether they were there, as far as is known; ``None`` where nothing is."""
        return None if self.known is None else self.known.came is not False

    @property
    def how(self) -> str:
        """By whom that is known."""
        return known_of(self.known)

    @property
    def objects(self) -> bool:
        """Whether they say that they were there after it was decided that they were not."""
        return self.known is not None and self.known.is_objected


@dataclass(frozen=True)
class WhoCame:
    """All of a session, by name."""

    guests: list[Guest]

    @property
    def there(self) -> int:
        """How many were there."""
        return sum(one.was_there is True for one in self.guests)

    @property
    def missed(self) -> int:
        """How many were not, as somebody decided."""
        return sum(one.was_there is False for one in self.guests)

    @property
    def unknown(self) -> int:
        """Of how many nothing is known."""
        return sum(one.was_there is None for one in self.guests)


def who_came(session: Session) -> WhoCame:
    """Return those with a place, and who else was there; where nobody books, who was there. Two queries."""
    rows = Attendance.objects.filter(session=session).select_related("registration__member")
    known = {one.registration_id: one for one in rows}
    placed = list(expected(session)) if getattr(session, "workshop", None) is not None else []
    ids = {one.pk for one in placed}
    guests = [Guest(one, known.get(one.pk), has_place=True) for one in placed]
    guests += [Guest(one.registration, one, has_place=False) for pk, one in known.items() if pk not in ids]
    return WhoCame(sorted(guests, key=lambda one: (one.registration.member.name_folded, one.registration.pk)))


@retried
def correct(
    session: Session,
    ids: Collection[int],
    *,
    came: bool,
    source: Attendance.Source,
    by: By,
    at: datetime,
) -> list[str]:
    """Decide whether those of the session's list with these registrations were there; return their names.

    All of them or nobody. Raises ``AttendanceRefused``.
    """
    listed = [one for one in who_came(session).guests if one.registration.pk in ids]
    _check_any(listed)
    for one in listed:
        attendance.correct(session, one.registration, came=came, source=source, by=by, at=at)
    return [one.registration.member.name for one in listed]


def _check_any(listed: Iterable[Guest]) -> None:
    if not listed:
        raise attendance.AttendanceRefused(_("Tick whom you mean first. Nothing was changed."))


def chosen(sent: QueryDict) -> tuple[set[int], bool]:
    """Return whom a press of the list means (those ticked, or one by their own button), and what it says."""
    for name, came in (("there", True), ("not_there", False)):
        if name in sent:
            return {parse_id(sent.get(name))}, came
    return {parse_id(one) for one in sent.getlist("person")}, sent.get("ticked") == "there"


def named(names: Sequence[str]) -> str:
    """Return the names of a few, or how many they are."""
    if len(names) > _NAMED:
        return counted(len(names), "%(count)s person", "%(count)s people")
    return in_a_row(names)

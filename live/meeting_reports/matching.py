"""Whose of ours each person of a report is: by confirmed address first, then by name among those expected.

A name decides only where it is one person's, hosts counted. Who is merely like somebody (a word of the name,
or the name of somebody who had no place) is asked about; everybody else is nobody of ours.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import folding
from common.spreadsheets.questions import NONE, Answers, Question, ask
from events.models import Contributor, Registration, Session
from live.expected import expected
from live.meeting_reports.lengths import minutes
from live.meeting_reports.names import names_of
from live.meeting_reports.reading import Stay

#: So many people are offered for one row, and so many rows are asked about.
MAX_LIKE: Final = 12
MAX_QUESTIONS: Final = 100
#: A single letter tells nobody apart.
_LEAST_CHARS: Final = 2


class How(Enum):
    """How it is known whose a row is."""

    ADDRESS = gettext_lazy("by their confirmed address")
    NAME = gettext_lazy("by their name")
    ANSWER = gettext_lazy("as you said")
    HOST = gettext_lazy("hosts or speaks")
    NOBODY = gettext_lazy("nobody of ours")
    DOUBTFUL = gettext_lazy("to be answered")


@dataclass(frozen=True)
class Person:
    """One person of a report, as it calls them, with all their stays; ``row`` is the first of these."""

    row: int
    name: str
    address: str
    stays: tuple[Stay, ...]

    @property
    def minutes(self) -> int:
        """How long they were there."""
        return minutes(self.stays)

    @property
    def called(self) -> str:
        """What they are called in the report."""
        return self.name or self.address


@dataclass(frozen=True)
class Match:
    """A person of a report, and whose registration that is, where it is anybody's."""

    person: Person
    how: How
    registration: Registration | None = None
    question: Question | None = None


def people_of(stays: Iterable[Stay]) -> list[Person]:
    """Return the people of a report: those of one address, else of one name, are one."""
    found: defaultdict[tuple[str, str], list[Stay]] = defaultdict(list)
    for stay in stays:
        found["address" if stay.address else "name", stay.address or stay.name.casefold()].append(stay)
    return [Person(ones[0].row, ones[0].name, ones[0].address, tuple(ones)) for ones in found.values()]


def match(session: Session, people: Sequence[Person], answers: Answers) -> list[Match]:
    """Say of each person whose they are. Eight queries, however many they are."""
    return _Matching(session, people).matches(answers)


class _Matching:
    """What is known of those who may have been there, asked once for all of a report."""

    def __init__(self, session: Session, people: Sequence[Person]) -> None:
        self.people = people
        everybody = list(
            Registration.objects.confirmed().filter(event=session.event_id).select_related("member")
        )
        self.theirs = {one.member_id: one for one in everybody}
        expected_ids = set(expected(session).values_list("pk", flat=True))
        self.expected = [one for one in everybody if one.pk in expected_ids]
        self.hosts = list(Contributor.objects.filter(sessions=session))
        self.host_addresses = {host.email.lower() for host in self.hosts if host.email}
        host_members = {host.member_id for host in self.hosts if host.member_id}
        self.by_address: dict[str, Registration] = {}
        self._find_addresses([one.address for one in people if one.address], host_members)
        self.names = {one.row: names_of(one.name) for one in people}
        self.keys = folding.keys({name for names in self.names.values() for name in names})
        self.words = folding.name_folded({name for names in self.names.values() for name in names})
        self.ours = _by_key(everybody)
        self.by_word: defaultdict[str, list[Registration]] = defaultdict(list)
        for one in self.expected:
            for word in set(one.member.name_folded.split()):
                self.by_word[word].append(one)

    def _find_addresses(self, addresses: Sequence[str], hosts: Collection[int]) -> None:
        confirmed = EmailAddress.objects.filter(verified=True).annotate(lower=Lower("email"))
        for address, member in confirmed.filter(lower__in=addresses).values_list("lower", "user_id"):
            if member in hosts:
                self.host_addresses.add(address)
            elif member in self.theirs:
                self.by_address[address] = self.theirs[member]

    def matches(self, answers: Answers) -> list[Match]:
        """Return the match of each person, in their order; so many are asked about at once."""
        found, asked = [], 0
        for one in (self.match(person, answers) for person in self.people):
            asked += one.how is How.DOUBTFUL
            is_next = one.how is How.DOUBTFUL and asked > MAX_QUESTIONS
            found.append(Match(one.person, How.DOUBTFUL) if is_next else one)
        return found

    def match(self, person: Person, answers: Answers) -> Match:
        """Return whose one person is."""
        if person.address in self.host_addresses:
            return Match(person, How.HOST)
        if known := self.by_address.get(person.address):
            return Match(person, How.ADDRESS, known)
        keys = {key for name in self.names[person.row] for key in self.keys[name]}
        hosts = [one for one in self.hosts if not keys.isdisjoint(one.name_keys)]
        named = {one.pk: one for key in keys for one in self.ours.get(key, ())}
        placed = [one for one in self.expected if one.pk in named]
        if hosts and not placed:
            return Match(person, How.HOST)
        if len(placed) == 1 and not hosts:
            return Match(person, How.NAME, placed[0])
        like = placed or [*named.values()] or self._like(person)
        return self._asked(person, like[:MAX_LIKE], answers) if like else Match(person, How.NOBODY)

    def _asked(self, person: Person, like: Sequence[Registration], answers: Answers) -> Match:
        choices = [(str(one.pk), one.member.name) for one in like]
        words = _("Who is “%(name)s” (%(minutes)s min)?") % {
            "name": person.called[:80],
            "minutes": person.minutes,
        }
        question = ask(f"row:{person.row}", words, [*choices, (NONE, _("Nobody of ours"))], answers)
        if question.is_open:
            return Match(person, How.DOUBTFUL, question=question)
        chosen = {str(one.pk): one for one in like}.get(question.answer)
        return Match(person, How.ANSWER if chosen else How.NOBODY, chosen, question)

    def _like(self, person: Person) -> list[Registration]:
        """Return those expected who share a word of the name."""
        words = {word for name in self.names[person.row] for word in self.words[name].split()}
        telling = {word for word in words if len(word) >= _LEAST_CHARS}
        like = {one.pk: one for word in telling for one in self.by_word.get(word, ())}
        return sorted(like.values(), key=lambda one: one.member.name_folded)


def _by_key(registrations: Iterable[Registration]) -> Mapping[str, list[Registration]]:
    found: defaultdict[str, list[Registration]] = defaultdict(list)
    for one in registrations:
        for key in one.member.name_keys:
            found[key].append(one)
    return found

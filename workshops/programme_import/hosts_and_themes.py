"""The hosts and themes that an imported programme names: found again, or made.

A host is found by address, else by name, whatever its accents, apostrophes, hyphens and order.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.utils.text import slugify

from common.spreadsheets.tables import TableProblem, refused
from events.models import Contributor, Event, Session, SessionContributor, Theme
from members.privacy.erased_list import NOT_WITHOUT, ErasedList, KeyIsGone
from workshops.programme_import.cells.hosts import Person
from workshops.programme_import.rows import ProgrammeRow

#: Colours for new themes, in turn; each is dark enough beside its name on white and light enough on dark.
COLOURS = ("#5a2a8c", "#1b6b3a", "#8a5a00", "#a3231c", "#1f5fa8", "#8c2a6b")


def free_slug(title: str, fallback: str, taken: set[str]) -> str:
    """Return an address for a title that nobody has; titles in other scripts get the fallback."""
    base = slugify(title)[:100].strip("-") or fallback
    return next(
        slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )


def keys_of(contributor: Contributor) -> Collection[str]:
    """Return what the name shares with names that are the same; a name without letters is itself."""
    return contributor.name_keys or [contributor.name]


class People:
    """The contributors, by address and by name; one query."""

    def __init__(self, event: Event) -> None:
        contributors = Contributor.objects.order_by("pk")
        here = set(contributors.filter(sessions__event=event).values_list("pk", flat=True))
        self.by_email = {one.email.lower(): one for one in contributors if one.email}
        self.by_key: dict[str, list[Contributor]] = defaultdict(list)
        for one in contributors:
            for key in keys_of(one):
                self.by_key[key].append(one)
        self.names = list(dict.fromkeys(one.name for one in contributors))
        self.here = here

    @staticmethod
    def are(contributors: Iterable[Contributor], people: Iterable[Person]) -> bool:
        """Whether the contributors are just these people, in this order."""
        contributors, people = list(contributors), list(people)
        return len(contributors) == len(people) and all(
            one.email.lower() == person.email if person.email else not person.keys.isdisjoint(keys_of(one))
            for one, person in zip(contributors, people, strict=True)
        )

    def problems(self, rows: Iterable[ProgrammeRow]) -> Iterator[TableProblem]:
        """Yield a problem for each name that could be one of several people, and for who was erased.

        Raises ``TableRefused`` where nobody can say who was.
        """
        try:
            erased = ErasedList()
        except KeyIsGone as gone:
            raise refused(NOT_WITHOUT.format(gone)) from gone
        for row in rows:
            for person in row.hosts:
                if person.email and erased.refuses(person.email):
                    message = f"{person.name} asked us to erase their address. Write the name alone."
                    yield TableProblem(row.number, "hosts", message, row.sheet)
                if not person.email and len(self.namesakes(person)) > 1:
                    message = f"Several contributors are called {person.name}. Write {person.name} <address>."
                    yield TableProblem(row.number, "hosts", message, row.sheet)

    def namesakes(self, person: Person) -> list[Contributor]:
        """Return the contributors of that name: those of this event, else all."""
        all_of_them = (one for key in sorted(person.keys) for one in self.by_key.get(key, []))
        found = list({id(one): one for one in all_of_them}.values())  # those not saved yet have no hash
        return [one for one in found if one.pk in self.here] or found

    def knows(self, person: Person) -> bool:
        """Whether there is such a contributor already."""
        namesakes = self.namesakes(person)
        if not person.email:
            return bool(namesakes)
        return person.email in self.by_email or any(not one.email for one in namesakes)

    def make(self, people: Iterable[Person]) -> None:
        """Make those whom nobody knows, all in one query, and give an address to who had none."""
        new: list[Contributor] = []
        for person in dict.fromkeys(people):
            if person.email and person.email not in self.by_email:
                self.by_email[person.email] = self._adopted(person) or self._new(person, new)
            elif not person.email and not self.namesakes(person):
                self._new(person, new)
        Contributor.objects.bulk_create(new)
        self.here |= {one.pk for one in new}

    def _new(self, person: Person, new: list[Contributor]) -> Contributor:
        made = Contributor(name=person.name, email=person.email, organisation=person.organisation)
        for key in person.keys:
            self.by_key[key].append(made)
        new.append(made)
        return made

    def _adopted(self, person: Person) -> Contributor | None:
        """Give a contributor of that name who has no address yet this one."""
        found = next((one for one in self.namesakes(person) if not one.email), None)
        if found is not None:
            found.email = person.email
            if found.pk:
                found.save(update_fields=["email", "changed_at"])
        return found

    def named(self, person: Person) -> Contributor:
        """Return the contributor, who is there since ``make``."""
        return self.by_email[person.email] if person.email else self.namesakes(person)[0]

    def set_hosts(self, hosts_of: Iterable[tuple[Session, Iterable[Person]]]) -> None:
        """Let just these people host each session, in this order; its speakers stay. Three queries."""
        hosts_of = [(session, list(dict.fromkeys(people))) for session, people in hosts_of]
        self.make(person for _, people in hosts_of for person in people)
        wanted = {
            (session.pk, host.pk): position
            for session, people in hosts_of
            for position, host in enumerate(dict.fromkeys(self.named(person) for person in people))
        }
        links = SessionContributor.objects.filter(session__in=[session.pk for session, _ in hosts_of])
        hosts = links.filter(part=SessionContributor.Part.HOST)
        gone = [link.pk for link in hosts if (link.session_id, link.contributor_id) not in wanted]
        SessionContributor.objects.filter(pk__in=gone).delete()
        SessionContributor.objects.bulk_create(
            [
                SessionContributor(session_id=session_id, contributor_id=host_id, position=position)
                for (session_id, host_id), position in wanted.items()
            ],
            update_conflicts=True,
            unique_fields=["session", "contributor"],
            update_fields=["part", "position"],
        )


class Themes:
    """The themes of an event, by title; one query."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.by_title = {theme.title.casefold(): theme for theme in Theme.objects.filter(event=event)}

    def set_themes(self, titles_of: Iterable[tuple[Session, Iterable[str]]]) -> None:
        """Give each session just these themes, made where there are none. Four queries."""
        titles_of = [(session, list(titles)) for session, titles in titles_of]
        Theme.objects.bulk_create(self._new(title for _, titles in titles_of for title in titles))
        through = Session.themes.through
        through.objects.filter(session__in=[session.pk for session, _ in titles_of]).delete()
        pairs = dict.fromkeys(
            (session.pk, self.by_title[title.casefold()].pk)
            for session, titles in titles_of
            for title in titles
        )
        through.objects.bulk_create([through(session_id=one, theme_id=theme) for one, theme in pairs])

    def _new(self, titles: Iterable[str]) -> list[Theme]:
        new = []
        for title in titles:
            if title.casefold() in self.by_title:
                continue
            number = len(self.by_title)
            taken = {theme.slug for theme in self.by_title.values()}
            theme = Theme(
                event=self.event,
                title=title,
                slug=free_slug(title, f"theme-{number + 1}", taken),
                colour=COLOURS[number % len(COLOURS)],
                position=number,
            )
            self.by_title[title.casefold()] = theme
            new.append(theme)
        return new

"""The hosts and themes that an imported programme names: found again, or made.

A host is found by address, else by name, whatever its accents, apostrophes, hyphens and order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.text import slugify

from events.models import Contributor, Event, Session, SessionContributor, Theme
from members.tables import TableProblem
from workshops.programme_rows import Person, ProgrammeRow

#: Colours for new themes, in turn; each is dark enough beside its name on white and light enough on dark.
COLOURS = ("#5a2a8c", "#1b6b3a", "#8a5a00", "#a3231c", "#1f5fa8", "#8c2a6b")


def free_slug(title: str, fallback: str, taken: set[str]) -> str:
    """Return an address for a title that nobody has; titles in other scripts get the fallback."""
    base = slugify(title)[:100].strip("-") or fallback
    return next(
        slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )


class People:
    """The contributors, by address and by name; one query."""

    def __init__(self, event: Event) -> None:
        contributors = Contributor.objects.order_by("pk")
        here = set(contributors.filter(sessions__event=event).values_list("pk", flat=True))
        self.by_email = {one.email.lower(): one for one in contributors if one.email}
        self.by_key: dict[str, list[Contributor]] = defaultdict(list)
        for one in contributors:
            for key in one.name_keys:
                self.by_key[key].append(one)
        self.here = here

    @staticmethod
    def are(contributors: Iterable[Contributor], people: Iterable[Person]) -> bool:
        """Whether the contributors are just these people, in this order."""
        contributors, people = list(contributors), list(people)
        return len(contributors) == len(people) and all(
            one.email.lower() == person.email if person.email else not person.keys.isdisjoint(one.name_keys)
            for one, person in zip(contributors, people, strict=True)
        )

    def problems(self, rows: Iterable[ProgrammeRow]) -> Iterator[TableProblem]:
        """Yield a problem for each name that could be one of several people."""
        for row in rows:
            for person in row.hosts:
                if not person.email and len(self._namesakes(person)) > 1:
                    message = f"Several contributors are called {person.name}. Write {person.name} <address>."
                    yield TableProblem(row.number, "hosts", message)

    def named(self, person: Person) -> Contributor:
        """Return the contributor, made where there is none."""
        namesakes = self._namesakes(person)
        if not person.email:
            found = next(iter(namesakes), None)
        else:
            found = self.by_email.get(person.email) or self._adopt(namesakes, person.email)
        if found is None:
            found = Contributor.objects.create(name=person.name, email=person.email)
            self.here.add(found.pk)
            for key in person.keys:
                self.by_key[key].append(found)
        if person.email:
            self.by_email[person.email] = found
        return found

    def _namesakes(self, person: Person) -> list[Contributor]:
        """Return the contributors of that name: those of this event, else all."""
        found = list(dict.fromkeys(one for key in sorted(person.keys) for one in self.by_key.get(key, [])))
        return [one for one in found if one.pk in self.here] or found

    @staticmethod
    def _adopt(namesakes: list[Contributor], email: str) -> Contributor | None:
        """Give a contributor of that name who has no address yet this one."""
        found = next((one for one in namesakes if not one.email), None)
        if found is not None:
            found.email = email
            found.save(update_fields=["email", "changed_at"])
        return found

    def set_hosts(self, session: Session, people: Iterable[Person]) -> None:
        """Let just these people host the session, in this order; its speakers stay."""
        hosts = list(dict.fromkeys(self.named(person) for person in people))
        links = SessionContributor.objects.filter(session=session)
        links.filter(part=SessionContributor.Part.HOST).exclude(contributor__in=hosts).delete()
        SessionContributor.objects.bulk_create(
            [
                SessionContributor(session=session, contributor=host, position=position)
                for position, host in enumerate(hosts)
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

    def named(self, titles: Iterable[str]) -> list[Theme]:
        """Return the themes, made where there are none."""
        return [self.by_title.get(title.casefold()) or self._make(title) for title in titles]

    def _make(self, title: str) -> Theme:
        number = len(self.by_title)
        taken = {theme.slug for theme in self.by_title.values()}
        theme = Theme.objects.create(
            event=self.event,
            title=title,
            slug=free_slug(title, f"theme-{number + 1}", taken),
            colour=COLOURS[number % len(COLOURS)],
            position=number,
        )
        self.by_title[title.casefold()] = theme
        return theme

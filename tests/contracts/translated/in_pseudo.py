"""The catalogue in the pseudo-language (``tests/pseudo.py``): what is translated, in every state."""

import dataclasses
from pathlib import Path
from typing import Any

from tests import pseudo
from tests.answers import Answer
from tests.contracts.pages import accounts, blog, comments, events, once_at_fault, phases, search, team_day
from tests.contracts.pages import catalogue as pages
from tests.contracts.pages.catalogue import Site
from tests.contracts.roles.table import TABLE
from tests.contracts.translated import untranslated

#: Never translated: what the team alone reads, and what developers look at: the guide, the demo's emails.
NEVER = ("admin:", "team:", "styleguide", "notifications:")
STATES = (
    *events.STATES,
    *accounts.STATES,
    *blog.STATES,
    *comments.STATES,
    *search.STATES,
    *once_at_fault.STATES,
    *phases.PUBLIC,
    *team_day.PUBLIC,
)
EMPTY = (*events.EMPTY, *blog.EMPTY)


@dataclasses.dataclass
class PseudoSite(Site):
    """The site in the pseudo-language; each page is kept with what it says in plain letters."""

    plain: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    data: set[str] = dataclasses.field(default_factory=set)

    def keep(self, answer: Answer, of: str, state: str, who: str, path: str, *, status: int = 200) -> Answer:
        before = len(self.pages)
        super().keep(answer, of, state, who, path, status=status)
        for page in self.pages[before:]:
            if not page.of.startswith(NEVER):
                plain = untranslated.plain(untranslated.on_page(page.html), self.data)
                self.plain[str(page)] = untranslated.not_asked(plain, page.path)
        return answer


def catalogue(folder: Path) -> dict[str, Any]:
    """Make it: the pages as dictionaries of their fields, what each says in plain letters by its name."""
    site = PseudoSite()
    names = [name for name in TABLE if not name.startswith(NEVER)]
    with pseudo.spoken(folder):
        pages.catalogue(STATES, EMPTY, names, site)
    return {"pages": [dataclasses.asdict(page) for page in site.pages], "plain": site.plain}

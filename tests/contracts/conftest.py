"""What the contracts share: the site without its log, and the catalogue of pages, made once for all."""

import dataclasses
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from tests import make
from tests.contracts import kept
from tests.contracts.pages import (
    accounts,
    admin,
    attendance,
    blog,
    catalogue,
    comments,
    concerns,
    day,
    events,
    feedback,
    front,
    hosting,
    learning,
    live,
    moderation,
    needs,
    once_at_fault,
    persons,
    phases,
    posts,
    privacy,
    recordings,
    report,
    search,
    second_step,
    team_announcements,
    team_day,
    team_sessions,
)
from tests.contracts.pages.catalogue import Page
from tests.contracts.roles.table import TABLE
from tests.contracts.translated import in_pseudo


@contextmanager
def silence() -> Iterator[None]:
    """Without the log's lines on each of thousands of refusals."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@pytest.fixture
def quiet_site(settings: Settings) -> Iterator[None]:
    """The site as it is in production, and silent."""
    settings.DEMO = settings.DEBUG = False
    with silence():
        yield


#: What is asked of all pages together, so of none alone.
OF_ALL = (
    "test_the_catalogue_has_the_pages_and_the_errors_that_there_are",
    "test_no_two_pages_have_the_same_title",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what a page alone cannot answer, where it is asked for alone."""
    if config.getoption("page"):
        left_out = [item for item in items if item.name in OF_ALL]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def only(request: pytest.FixtureRequest) -> str | None:
    """The name of the one page that is asked for, if it is one."""
    name: str | None = request.config.getoption("page")
    assert name is None or name in TABLE, f"“{name}” is no address of tests/contracts/roles/table.py."
    return name


@pytest.fixture(scope="session")
def every_page(django_db_setup: None, django_db_blocker: DjangoDbBlocker, only: str | None) -> list[Page]:
    """Every page of the site in every state worth looking at; or those of the one that is asked for."""
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=False, DEBUG=False),
        time_machine.travel(make.NOW, tick=False),
        silence(),
    ):
        if only is None:
            return [Page(**one) for one in kept.made_once("pages", all_pages)]
        pages = [page for page in catalogue.catalogue(*states(), only=(only,)) if is_of(page, only)]
        assert pages, f"The catalogue has no page of “{only}”: whoever sees it is not among READERS there."
        return pages


@pytest.fixture(scope="session")
def pseudo_pages(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Page], dict[str, list[str]]]:
    """Every page in the pseudo-language, and what each says in plain letters, by its name."""
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=False, DEBUG=False),
        time_machine.travel(make.NOW, tick=False),
        silence(),
    ):
        made = kept.made_once("pseudo-pages", lambda: in_pseudo.catalogue(tmp_path_factory.mktemp("locale")))
        return [Page(**one) for one in made["pages"]], made["plain"]


def is_of(page: Page, name: str | None) -> bool:
    """Whether a page is that of this address, or one of its acts."""
    return name is None or page.of.partition(" ")[0] == name


def all_pages() -> list[dict[str, Any]]:
    """Make the catalogue: each page as a dictionary of its fields."""
    return [dataclasses.asdict(page) for page in catalogue.catalogue(*states())]


def states() -> tuple[Sequence[Any], Sequence[Any]]:
    """Return what brings the site into each state, and what looks at it with nothing planned."""
    planned = (
        *events.STATES,
        *accounts.STATES,
        *admin.STATES,
        *blog.STATES,
        *comments.STATES,
        *concerns.STATES,
        *front.STATES,
        *hosting.STATES,
        *learning.STATES,
        *recordings.STATES,
        *moderation.STATES,
        *persons.STATES,
        *team_announcements.STATES,
        *team_day.STATES,
        *team_sessions.STATES,
        *attendance.STATES,
        *feedback.STATES,
        *report.STATES,
        *posts.STATES,
        *privacy.STATES,
        *search.STATES,
        *second_step.STATES,
        *day.STATES,
        *live.STATES,
        *needs.STATES,
        *phases.STATES,
        *once_at_fault.STATES,
    )
    return planned, (*events.EMPTY, *blog.EMPTY)

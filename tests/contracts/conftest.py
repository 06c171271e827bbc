"""What the contracts share: the site without its log, and the catalogue of pages, made once for all."""

import dataclasses
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from tests import make
from tests.contracts import (
    kept,
    pages,
    pages_accounts,
    pages_admin,
    pages_blog,
    pages_comments,
    pages_moderation,
    pages_posts,
    pages_search,
    pages_shapes,
    pages_states,
)
from tests.contracts.pages import Page


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


@pytest.fixture(scope="session")
def every_page(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[Page]:
    """Every page of the site in every state worth looking at."""
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=False, DEBUG=False),
        time_machine.travel(make.NOW, tick=False),
        silence(),
    ):
        return [Page(**one) for one in kept.made_once("pages", all_pages)]


def all_pages() -> list[dict[str, Any]]:
    """Make the catalogue: each page as a dictionary of its fields."""
    states = (
        *pages_states.STATES,
        *pages_accounts.STATES,
        *pages_admin.STATES,
        *pages_blog.STATES,
        *pages_comments.STATES,
        *pages_moderation.STATES,
        *pages_posts.STATES,
        *pages_search.STATES,
        *pages_shapes.STATES,
    )
    found = pages.catalogue(states, (*pages_states.EMPTY, *pages_blog.EMPTY))
    return [dataclasses.asdict(page) for page in found]

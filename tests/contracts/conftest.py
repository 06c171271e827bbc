"""What the contracts share."""

import logging
from collections.abc import Iterator

import pytest
from pytest_django import Settings


@pytest.fixture
def quiet_site(settings: Settings) -> Iterator[None]:
    """The site as it is in production, without the log's lines on each of thousands of refusals."""
    settings.DEMO = settings.DEBUG = False
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)

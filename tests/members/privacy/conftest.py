"""Folders of a test's own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def folders(settings: Settings, tmp_path: Path) -> None:
    """For uploads, people's files and the list of the erased."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ERASED_ROOT = tmp_path / "erased"
    settings.STORAGES = settings.STORAGES | {
        "private": {"BACKEND": "qevent.storage.WholeFiles", "OPTIONS": {"location": tmp_path / "private"}}
    }

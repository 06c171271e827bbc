"""What is written once a language is written anew in the next: times, numbers, and texts that are kept."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from common import languages, times
from common.words import counted
from tests import pseudo

STARTS = datetime(2026, 11, 18, 10, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=1, minutes=30)


@pytest.mark.parametrize(
    ("write", "english", "german"),
    [
        (lambda: times.format_day(date(2026, 11, 18)), "Wednesday 18 November", "Mittwoch 18 November"),
        (lambda: counted(1200, "%(count)s person", "%(count)s people"), "1,200 people", "1.200 people"),
        (lambda: languages.gettext("Monday"), "Monday", "Montag"),
    ],
)
@pytest.mark.usefixtures("ordinary_monday")
def test_each_language_has_its_own(settings: Settings, write: Callable[[], str], english: str, german: str):
    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]

    written = [write()]
    with translation.override("de"):
        written.append(write())
    written.append(write())

    assert written == [english, german, english]


@pytest.mark.parametrize(
    ("write", "english"),
    [
        (lambda: times.format_hours(STARTS, ENDS, "Europe/London"), "10:00 to 11:30"),
        (lambda: times.format_length(STARTS, ENDS), "1 hour 30 minutes"),
        (lambda: languages.gettext("This session does not take place."), "This session does not take place."),
    ],
)
@pytest.mark.slow
def test_texts_of_our_own_are_looked_up_anew(tmp_path: Path, write: Callable[[], str], english: str):
    before = write()
    with pseudo.spoken(tmp_path):
        spoken = write()

    assert before == english
    assert spoken.startswith("⟦")

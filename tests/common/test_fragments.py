"""Parts of pages that are written once for whoever sees the same values."""

from collections.abc import Hashable
from typing import Any, NamedTuple

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from common.fragments import written
from events.models import Event
from tests import pseudo

THEMES = "events/_themes.html"


class One(NamedTuple):
    slug: str
    title: str
    summary: str = ""
    colour: str = "#000000"
    sessions: int = 3


def themes(*all_of_them: One, slug: str = "2026") -> SafeString:
    return written(THEMES, themes=all_of_them, slug=slug)


def test_the_same_values_are_written_once():
    assert themes(One("equity", "Equity")) is themes(One("equity", "Equity"))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (One("equity", "Kindness"), ">Kindness<"),
        (One("kindness", "Equity"), "/themes/kindness/"),
        (One("equity", "Equity", "For all"), "For all"),
        (One("equity", "Equity", colour="#ffffff"), "#ffffff"),
        (One("equity", "Equity", sessions=4), "4 sessions"),
    ],
)
def test_every_value_is_seen(other: One, said: str):
    assert [said in themes(one) for one in (One("equity", "Equity"), other)] == [False, True]


def test_words_that_are_safe_are_not_those_that_must_be_escaped():
    hostile: list[Hashable] = ["<b>", SafeString("<b>")]

    shown = [written("components/header.html", site=None, reader=None, here=one) for one in hostile]

    assert shown[0] is not shown[1]


def test_a_record_is_refused_for_it_is_equal_to_what_it_was():
    with pytest.raises(TypeError, match="equal to what it was before"):
        written(THEMES, themes=(), slug=Event(pk=1))


def test_each_language_has_its_own(settings: Any, tmp_path: Any):
    pseudo.write(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), (pseudo.CODE, "Pseudo")]

    shown = []
    for code in ("en-gb", pseudo.CODE, "en-gb"):
        with translation.override(code):
            shown.append(themes(One("equity", "Equity", sessions=17)))

    assert ["17 sessions" in one for one in shown] == [True, False, True]

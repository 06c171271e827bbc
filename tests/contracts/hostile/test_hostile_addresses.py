"""Every part of every address, and every word that an address may carry, with values that nobody means."""

import re
from collections.abc import Iterator
from itertools import cycle
from urllib.parse import quote

import pytest
import time_machine
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from tests import make
from tests.contracts import addresses, people

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

#: Longer than a file may be called, longer than a column, and signs that searches, paths and patterns know.
TEXTS = ("a" * 300, "é" * 260, "a" * 5000, "-" * 40, "%", "..", "'\"\\", "\u202e\ud7ff", "0", "-1")
NUMBERS = ("0", "9" * 30, "9" * 4000)
#: What pages read of an address, and lists of the admin.
WORDS = (
    *("q", "page", "kind", "theme", "format", "day", "places", "year", "type", "stage", "next", "post"),
    *("queue", "old", "new", "typed", "event", "by"),
)
WORDS_OF_THE_ADMIN = ("q", "o", "p", "status__exact")
VALUES = (
    "-" * 40,
    "!" * 100,
    "9" * 400,
    "a" * 3000,
    "\u2028\u202e'\"\\",
    "<->:*&|()",
    "-1",
    "²",
    "2026-99-99T99",
)
#: What is typed or pasted into a search, as it stands in an address: nothing, signs, no text at all.
TYPED = {
    "forty hyphens": "-" * 40,
    "NUL": "ward%00round",
    "300 letters": "a" * 300,
    "300 accents": quote("é" * 300),
    "a lone surrogate": "%ED%A0%80",
    "half a letter": "%C3",
    "only punctuation": quote("!?…'’\"()[]{}|&<->:*;,.\\%_"),
    "quotes that do not end": quote('"ward -"round OR "'),
    "one emoji": quote("👩🏽‍⚕️"),
    "right to left": quote("\u202eسلامة المرضى\u200f"),
    "marks on nothing": quote("\u0301" * 60),
    "spaces that are none": quote("\u00a0\u200b\u2028"),
    "400 words": "+".join("ab" for _ in range(400)),
}


@pytest.fixture
def root() -> Iterator[Client]:
    """An admin, at an ordinary moment, in a world with one of each."""
    with time_machine.travel(make.NOW, tick=False):
        yield people.reader(addresses.world().root)


def patterns(resolver: URLResolver, before: str = "") -> list[tuple[str, URLPattern]]:
    """Every address as it is written in the site map, with the pattern at its end."""
    found = []
    for one in resolver.url_patterns:
        written = before + str(one.pattern)
        found += [(written, one)] if isinstance(one, URLPattern) else patterns(one, written)
    return [(written, one) for written, one in found if "<" in written and "(?P" not in written]


def spoilt(written: str, pattern: URLPattern) -> list[str]:
    """The address with each kind of nonsense in all its parts."""
    numbers = {
        name
        for name, converter in pattern.pattern.converters.items()
        if isinstance(converter, IntConverter | UUIDConverter)
    }
    found = []
    for text, number in zip(TEXTS, cycle(NUMBERS), strict=False):
        path = "/" + written
        for name in pattern.pattern.converters:
            value = number if name in numbers else text
            path = re.sub(rf"<(?:\w+:)?{name}>", value.replace("\\", r"\\"), path)
        found.append(path)
    return found


def test_no_part_of_an_address_makes_an_error(root: Client) -> None:
    every = [path for written, one in patterns(get_resolver()) for path in spoilt(written, one)]

    errors = [path[:90] for path in every if root.get(path).status_code >= 500]

    assert (errors, len(every) > 1000) == ([], True)


def test_no_word_of_an_address_makes_an_error(root: Client) -> None:
    pages = ["", "events/", "events/2026/programme/", "blog/", "search/", "search.json", "accounts/login/"]
    pages += ["team/", "team/moderation/", "team/posts/", "team/people/", "sitemap.xml", "blog/feed/"]
    lists = ("events/session", "members/member", "comments/comment", "workshops/booking", "blog/post")
    asked = [(f"/{page}", dict.fromkeys(WORDS, value)) for page in pages for value in VALUES]
    asked += [
        (f"/admin/{one}/", {word: value}) for one in lists for value in VALUES for word in WORDS_OF_THE_ADMIN
    ]

    errors = [f"{path} {words}"[:120] for path, words in asked if root.get(path, words).status_code >= 500]

    assert errors == []


def searched() -> Iterator[str]:
    """Every address that is asked with ``q``: the site's own, and all lists of the admin."""
    yield from ("/search/", "/search.json", "/events/2026/programme/", "/blog/", "/team/moderation/")
    yield "/team/posts/"
    yield "/team/people/"
    for model in admin.site._registry:
        yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def errors_of_a_search(root: Client, typed: str) -> list[str]:
    """Where these words are an error."""
    return [
        f"{path} {answer.status_code}"
        for path in searched()
        if (answer := root.get(f"{path}?q={typed}", follow=True)).status_code >= 500
    ]


@pytest.mark.parametrize("typed", TYPED)
def test_no_search_is_too_odd(root: Client, typed: str) -> None:
    assert errors_of_a_search(root, TYPED[typed]) == []


@pytest.mark.full
def test_no_search_is_too_long(root: Client) -> None:
    """Lists of the admin look for each word, which keeps Postgres busy for a while."""
    assert errors_of_a_search(root, "+".join("ab" for _ in range(4000))) == []


@pytest.mark.parametrize("typed", TYPED)
def test_no_path_is_too_odd(root: Client, typed: str) -> None:
    places = [
        "/{}",
        "/{}/",
        "/blog/{}/",
        "/events/{}/",
        "/events/2026/sessions/{}/",
        "/media/{}",
        "/static/{}",
        "/events/2026/themes/{}/",
        "/blog/by/{}/",
        "/admin/members/member/{}/change/",
        "/admin/{}/",
    ]

    statuses = {place: root.get(place.format(TYPED[typed])).status_code for place in places}

    assert [place for place, status in statuses.items() if status >= 500] == []

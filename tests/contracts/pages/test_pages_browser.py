"""What every page keeps in a browser, in every state that the catalogue knows.

Each test looks at every so-manieth page, so that several processes share the work; what it says when it
fails names each fault once, and the pages that have it.
"""

import functools
from dataclasses import replace

import pytest

from tests import browser
from tests.contracts.pages import served
from tests.contracts.pages.browser import (
    WIDTHS,
    Show,
    look_at,
    unlike,
    violations,
    violations_in_every_look,
)
from tests.contracts.pages.catalogue import GUIDE, Page, told

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PARTS = 6


@pytest.fixture
def shown(chromium):
    """Opens a tab that is answered from the catalogue; a console is looked at with its page."""
    with served.Server() as server, browser.Contexts(chromium, server.url) as contexts:
        yield functools.partial(Show, contexts, server)
        contexts.said.clear()


@pytest.fixture(params=range(PARTS))
def sixth(request):
    """Which sixth of the pages a test looks at."""
    return slice(request.param, None, PARTS)


@pytest.fixture
def some_shapes(sixth, every_page):
    """Pages that differ in more than words and values: what is asked of elements is asked of these only."""
    return unlike(every_page)[sixth]


def test_pages_are_alike_where_only_words_and_values_differ():
    html = '<main><h1>Log in</h1><a href="/a/">Forgotten?</a><label for="b">Name</label></main>'
    changes = [("Log in", "Sign up"), ('"/a/"', '"/c/"'), ("<a ", "<b "), ('"b"', '"d"'), ("Name", " ")]
    page = Page("account_login", "", "visitor", "/", 200, {}, html)
    others = [replace(page, html=html.replace(old, new)) for old, new in changes]

    assert unlike([page, *others]) == [page, *others[2:]]


def test_every_page_is_light_quiet_accessible_and_holds_however_one_reads_it(shown, sixth, every_page):
    """Requests, weight and console of a first visit; axe; large letters; 400 %; forced colours."""
    judged = {id(page) for page in unlike(every_page)}

    def look(show, page):
        yield from show.first_visit()
        show.unfold()
        yield from violations(show) if id(page) in judged else ()
        yield from show.measure("text")
        yield from show.in_forced_colours()
        yield from show.on_small_screens()

    found = told(look_at(shown(), every_page[sixth], look))

    assert not found, found


def test_without_scripts_every_page_has_its_heading_and_buttons_that_work(shown, some_shapes):
    def look(show, page):
        return [] if page.of == GUIDE else show.measure("plain")

    show = shown(java_script_enabled=False)

    found = told(look_at(show, some_shapes, look))

    assert not found, found


@pytest.mark.full
def test_axe_finds_nothing_at_any_width_in_any_scheme(shown, some_shapes):
    show = shown(reduced_motion="reduce")  # a colour on its way to another scheme has no contrast yet

    found = told(look_at(show, some_shapes, lambda show, page: violations_in_every_look(show)))

    assert not found, found


@pytest.mark.full
@pytest.mark.parametrize("part", range(PARTS))
def test_longer_words_are_not_cut_and_scroll_nothing_sideways_at_any_width(shown, pseudo_pages, part):
    def look(show, page):
        for width in WIDTHS:
            show.tab.set_viewport_size({"width": width, "height": 900})
            yield from show.measure("longer")

    every_page, _ = pseudo_pages
    found = told(look_at(shown(), every_page[part::PARTS], look))

    assert not found, found

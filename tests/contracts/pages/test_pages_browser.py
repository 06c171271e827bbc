"""What every page keeps in a browser, in every state that the catalogue knows.

Each test looks at every so-manieth page, so that several processes share the work; what it says when it
fails names each fault once, and the pages that have it.
"""

import pytest

from tests import browser
from tests.contracts.pages.browser import (
    ADDRESS,
    WIDTHS,
    Show,
    look_at,
    violations,
    violations_in_every_look,
)
from tests.contracts.pages.catalogue import GUIDE, told

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PARTS = 6


@pytest.fixture
def contexts(chromium):
    """Browser contexts that are answered from the catalogue; a console is looked at with its page."""
    with browser.Contexts(chromium, ADDRESS) as made:
        yield made
        made.said.clear()


@pytest.fixture(params=range(PARTS))
def some_pages(request, every_page):
    """A sixth of the pages."""
    return every_page[request.param :: PARTS]


def test_every_page_is_light_quiet_accessible_and_holds_however_one_reads_it(contexts, some_pages):
    """Requests, weight and console of a first visit; axe; large letters; 400 %; forced colours."""

    def look(show, page):
        yield from show.first_visit()
        yield from violations(show)
        yield from show.measure("text")
        yield from show.narrow()
        yield from show.with_large_letters_on_a_phone()
        yield from show.in_forced_colours()

    found = told(look_at(Show(contexts), some_pages, look))

    assert not found, found


def test_without_scripts_every_page_has_its_heading_and_buttons_that_work(contexts, some_pages):
    def look(show, page):
        return [] if page.of == GUIDE else show.measure("plain")

    show = Show(contexts, java_script_enabled=False)

    found = told(look_at(show, some_pages, look))

    assert not found, found


@pytest.mark.full
def test_axe_finds_nothing_at_any_width_in_any_scheme(contexts, some_pages):
    show = Show(
        contexts, reduced_motion="reduce"
    )  # a colour on its way to another scheme has no contrast yet

    found = told(look_at(show, some_pages, lambda show, page: violations_in_every_look(show)))

    assert not found, found


@pytest.mark.full
@pytest.mark.parametrize("part", range(PARTS))
def test_longer_words_are_not_cut_and_scroll_nothing_sideways_at_any_width(contexts, pseudo_pages, part):
    def look(show, page):
        for width in WIDTHS:
            show.tab.set_viewport_size({"width": width, "height": 900})
            yield from show.measure("longer")

    every_page, _ = pseudo_pages
    found = told(look_at(Show(contexts), every_page[part::PARTS], look))

    assert not found, found

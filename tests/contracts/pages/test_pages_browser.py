"""What every page keeps in a browser, in every state that the catalogue knows.

Each test looks at every so-manieth page, so that several processes share the work; what it says when it
fails names each fault once, and the pages that have it.
"""

import functools
from dataclasses import replace

import pytest

from tests import browser
from tests.browser import DESK
from tests.contracts.pages import served
from tests.contracts.pages.browser import (
    WIDTHS,
    Show,
    examples,
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


@pytest.fixture(scope="session")
def different(every_page):
    """The pages that differ in more than words and values."""
    return unlike(every_page)


@pytest.fixture(scope="session")
def with_each_element(different):
    """Pages on which there is each element of them all: what is asked of elements is asked of these first."""
    return examples(different)


@pytest.fixture(scope="session")
def the_rest(different, with_each_element):
    """The others that differ: in what follows what, or in how often."""
    return [page for page in different if page not in with_each_element]


def test_pages_are_alike_where_only_words_and_values_differ():
    html = '<main><h1>Log in</h1><a href="/a/">Forgotten?</a><label for="b">Name</label></main>'
    changes = [("Log in", "Sign up"), ('"/a/"', '"/c/"'), ("<a ", "<b "), ('"b"', '"d"'), ("Name", " ")]
    page = Page("account_login", "", "visitor", "/", 200, {}, html)
    others = [replace(page, html=html.replace(old, new)) for old, new in changes]

    assert unlike([page, *others]) == [page, *others[2:]]


def test_examples_are_few_pages_with_every_element_of_them_all():
    html = '<main><h1 class="a">Log in</h1><ul><li><a href="/a/">Forgotten?</a></li></ul></main>'
    again = [("Log in", "Sign up"), ('"/a/"', '"/c/"'), ("</li>", "</li><li>Again</li>"), ("<h1", "<br><h1")]
    new = [
        ('class="a"', 'class="b"'),
        ("Forgotten?", ""),
        ("<li>", "<li><br>"),
        ("main", "body"),
        ("href", "rel"),
    ]
    page = Page("account_login", "", "visitor", "/", 200, {}, html)
    *known, most = (replace(page, html=html.replace(*one)) for one in again)
    others = [replace(page, html=html.replace(*one)) for one in new]

    assert examples([page, *known, most, *others]) == [most, *others]


def test_the_admins_name_for_a_page_is_no_other_look():
    named = [f'<body class="change-form app-events model-{one}"><p>All</p></body>' for one in ("a", "b")]
    listed = '<body class="change-list app-events model-a"><p>All</p></body>'
    pages = [Page("admin:index", "", "admin", "/", 200, {}, html) for html in (*named, listed)]

    assert examples(pages) == [pages[0], pages[2]]


def test_pages_are_light_and_quiet_and_each_element_accessible_however_one_reads_it(
    shown, sixth, different, with_each_element
):
    """Requests, weight and console of a first visit; axe; large letters; 400 %; forced colours."""
    judged = {id(page) for page in with_each_element}

    def look(show, page):
        yield from show.first_visit()
        if id(page) in judged:
            yield from violations(show)
            yield from show.however_one_reads_it()

    found = told(look_at(shown(), different[sixth], look))

    assert not found, found


@pytest.mark.parametrize(
    "is_first", [True, pytest.param(False, marks=pytest.mark.full)], ids=["each element", "the rest"]
)
def test_without_scripts_every_page_has_its_heading_and_buttons_that_work(
    shown, sixth, with_each_element, the_rest, is_first
):
    def look(show, page):
        return [] if page.of == GUIDE else show.measure("plain")

    pages = with_each_element if is_first else the_rest

    found = told(look_at(shown(java_script_enabled=False), pages[sixth], look))

    assert not found, found


@pytest.mark.full
def test_every_page_holds_however_one_reads_it(shown, sixth, every_page, with_each_element):
    """And is light and quiet, also where it differs in words alone."""
    others = [page for page in every_page if page not in with_each_element]

    def look(show, page):
        return [*show.first_visit(), *show.however_one_reads_it()]

    found = told(look_at(shown(), others[sixth], look))

    assert not found, found


@pytest.mark.full
def test_axe_finds_nothing_at_any_width_in_any_scheme(shown, sixth, with_each_element, the_rest):
    """But in the look in which each element has been looked at already."""
    judged = {id(page): [(DESK, "light")] for page in with_each_element}
    show = shown(reduced_motion="reduce")  # a colour on its way to another scheme has no contrast yet

    def look(show, page):
        return violations_in_every_look(show, but=judged.get(id(page), []))

    found = told(look_at(show, [*with_each_element, *the_rest][sixth], look))

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

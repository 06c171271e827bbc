"""What the text and the headers of every page keep, in every state that the catalogue knows."""

import re
from collections import defaultdict
from urllib.parse import urlsplit

import html5lib
import pytest

from tests.contracts import checkers, shapes
from tests.contracts.pages.catalogue import EVENT, SITE_NAME, place, told

pytestmark = pytest.mark.django_db

#: "Thing - Event - Q community" below an event, otherwise "Thing - Q community"; "Error:" in front.
TITLE = re.compile(rf"(Error: )?[^-].* - {re.escape(SITE_NAME)}( admin)?")
FOCUSABLE = ("a", "button", "input", "select", "textarea", "summary", "iframe")
CONTROLS = ("input", "select", "textarea")
#: Nobody meets these; Django hides one more by a class, for managers of passwords.
NO_LABEL = ("hidden", "submit", "button", "reset", "image")
#: Attributes that somebody reads or hears.
SAID = ("alt", "title", "aria-label", "placeholder", "content")
#: Names of pages when all else is broken: without the site's settings, so without its name.
ALONE = ("error 500", "error 503")
#: A page that only a press on another one shows → that one.
SHOWN_BY_A_PRESS_ON = {
    "hosting:needs": "hosting:session",
    "team:session_take_away_leave": "team:session_take_away",
}
HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture(scope="session")
def trees(every_page):
    """Every page with its elements; what a parser stumbles over is kept beside them."""
    return [(page, *parsed(page.html)) for page in every_page]


def parsed(html):
    """Return the elements of a page, and what is no HTML in it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    return parser.parse(html), [code for _, code, _ in parser.errors]


def faults(trees, look):
    """Return in words what ``look(page, tree)`` finds, and where."""
    return told({str(page): list(look(page, tree)) for page, tree, *_ in trees})


def words(element):
    return " ".join("".join(element.itertext()).split())


def test_the_catalogue_has_the_pages_and_the_errors_that_there_are(every_page):
    statuses = {page.status for page in every_page}

    assert len(every_page) > 150
    assert {200, 400, 403, 404, 410, 429, 500, 503} <= statuses


def test_html_validate_finds_no_fault(every_page):
    assert not (found := told(checkers.html_validate(every_page))), found


def test_a_parser_that_forgives_nothing_reads_every_page(trees):
    assert not (found := told({str(page): wrong for page, _, wrong in trees})), found


@pytest.mark.full
@pytest.mark.needs_java
def test_the_nu_html_checker_finds_no_fault(every_page, tmp_path):
    java = checkers.java()

    assert java
    assert not (found := told(checkers.nu(every_page, java, tmp_path))), found


def test_every_page_is_one_whole_document_in_english(trees):
    def look(page, tree):
        if not page.html.lstrip().lower().startswith("<!doctype html>"):
            yield "no doctype"
        if not (tree.get("lang") or "").lower().startswith("en-gb"):
            yield f"lang is {tree.get('lang')}"
        headings = [words(one) for one in tree.iter("h1")]
        if len(headings) != 1 or not headings[0]:
            yield f"its h1 are {headings}"
        mains = [*tree.iter("main"), *tree.findall(".//*[@role='main']")]
        if len(mains) != 1:
            yield f"{len(mains)} main landmarks"

    assert not (found := faults(trees, look)), found


def test_every_title_says_thing_event_and_community(trees):
    def look(page, tree):
        title = words(next(tree.iter("title")))
        if page.of not in ALONE and not TITLE.fullmatch(title):
            yield title
        elif place(page) == "event" and "/2027/" not in page.path and f" - {EVENT} - " not in title:
            yield f"{title} (without the event)"

    assert not (found := faults(trees, look)), found


def test_a_person_in_general_is_they(trees):
    def look(page, tree):
        said = [one.get(name, "") for one in tree.iter() for name in SAID]
        yield from shapes.gendered(" ".join([words(tree), *said]))

    assert not (found := faults(trees, look)), found


def test_no_two_pages_have_the_same_title(trees):
    titled = defaultdict(set)
    for page, tree, _ in trees:
        # An act asks first on the same page, whether it was pressed on a record of the admin or on its list.
        of = page.of.partition(" ")[0].removesuffix("list")
        titled[words(next(tree.iter("title")))].add(SHOWN_BY_A_PRESS_ON.get(of, of))

    shared = [f"{title}: {sorted(of)}" for title, of in sorted(titled.items()) if len(of) > 1]
    assert not shared, "\n".join(shared)


def test_every_page_of_the_site_says_what_it_is_about(trees):
    def look(page, tree):
        described = [one.get("content") for one in tree.iter("meta") if one.get("name") == "description"]
        if (
            place(page) != "admin"
            and page.of not in ALONE
            and (len(described) != 1 or not described[0].strip())
        ):
            yield f"description: {described}"

    assert not (found := faults(trees, look)), found


def test_the_first_thing_that_takes_the_focus_leads_to_the_main_part(trees):
    def look(page, tree):
        body = tree.find("body")
        first = next((one for one in body.iter() if takes_focus(one)), None)
        if page.of in ALONE:
            return
        target = (first.get("href") or "") if first is not None else ""
        if not (target.startswith("#") and body.find(f".//*[@id='{target[1:]}']") is not None):
            yield f"the first is {first.tag if first is not None else None} {target}"
        yield from (
            f"tabindex {one.get('tabindex')}" for one in body.iter() if (one.get("tabindex") or "0") > "0"
        )

    assert not (found := faults(trees, look)), found


def takes_focus(element):
    hidden = element.get("type") == "hidden"
    return element.tag in FOCUSABLE and not hidden and (element.tag != "a" or element.get("href") is not None)


def test_every_control_has_a_label(trees):
    def look(page, tree):
        labelled = {one.get("for") for one in tree.iter("label") if words(one)}
        inside = {id(one) for label in tree.iter("label") if words(label) for one in label.iter()}
        for one in (one for tag in CONTROLS for one in tree.iter(tag)):
            told = one.get("id") in labelled or id(one) in inside
            told = told or one.get("aria-label") or one.get("aria-labelledby")
            if not told and one.get("type") not in NO_LABEL and one.get("class") != "hidden":
                yield f"<{one.tag} name={one.get('name')}> has no label"

    assert not (found := faults(trees, look)), found


def test_no_page_carries_a_script_or_a_style_of_its_own(trees):
    def look(page, tree):
        for one in tree.iter():
            if one.tag == "style" or (one.tag == "script" and one.get("src") is None and not is_data(one)):
                yield f"<{one.tag}>"
            yield from (
                f"{name} on {one.tag}" for name in one.attrib if name == "style" or name.startswith("on")
            )

    assert not (found := faults(trees, look)), found


def is_data(script):
    return script.get("type") == "application/json"


def test_nothing_on_a_page_comes_from_elsewhere(trees):
    def look(page, tree):
        for one in tree.iter():
            address = one.get("src") or (one.get("href") if is_loaded(one) else "") or ""
            if urlsplit(address).netloc:
                yield address

    assert not (found := faults(trees, look)), found


def is_loaded(element):
    """Whether a browser fetches what this element links to; a fact about the page it only reads."""
    names = (element.get("rel") or "").split()
    return (
        element.tag == "link" and not element.get("itemprop") and not set(names) & {"canonical", "alternate"}
    )


def test_every_answer_carries_the_headers_that_protect_it(every_page):
    def look(page, _):
        policy = page.headers.get("Content-Security-Policy", "")
        if "default-src 'self'" not in policy or "unsafe" in policy or "frame-ancestors 'none'" not in policy:
            yield f"Content-Security-Policy: {policy}"
        for name, value in HEADERS.items():
            if page.headers.get(name) != value:
                yield f"{name}: {page.headers.get(name)}"

    assert not (found := faults([(page, None) for page in every_page], look)), found

"""No sentence stands in a script that members meet: what it says comes from the page, where it is marked.

A script takes its words from ``data-text-…`` of the element that it works on. The scripts of the team's own
pages stay English, as those pages do.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

SCRIPTS = Path(settings.BASE_DIR, "static", "js")
TEMPLATES = Path(settings.BASE_DIR, "templates")
#: Whose scripts stay English.
TEAMS = ("admin", "styleguide", "team")
NAMED = re.compile(r"static 'js/([\w.-]+)'")
IMPORTED = re.compile(r'from "\./([\w.-]+)"')
#: What a script is made of, as far as strings have to be told from comments and patterns.
PIECES = re.compile(
    r"""//[^\n]*|/\*.*?\*/
    |(?<=[(,=:\[!&|?{};])\s*/(?![*/])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/
    |"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|`((?:\\.|[^`\\])*)`""",
    re.DOTALL | re.VERBOSE,
)
#: A text begins with a capital, or has two words; classes and selectors have neither.
BEGINS_LIKE_A_TEXT = re.compile(r"^\s*[A-Z][a-z’']")
TWO_WORDS = re.compile(r"(?<![.#\w-])[A-Za-z’']{2,}[,.;:]? [A-Za-z’']+(?![\w’']*[-:\[=(])")
#: Names of keys.
NO_TEXTS = {"Enter"}


def of_members() -> list[str]:
    """Return the scripts that pages of members load, and what those import."""
    pages = (path for path in TEMPLATES.rglob("*.html") if path.relative_to(TEMPLATES).parts[0] not in TEAMS)
    found: set[str] = set()
    ahead = {name for page in pages for name in NAMED.findall(page.read_text())}
    while ahead:
        found |= ahead
        ahead = {one for name in ahead for one in IMPORTED.findall((SCRIPTS / name).read_text())} - found
    return sorted(found)


def said(script: str) -> Iterator[str]:
    """Yield the strings of a script that are texts."""
    for piece in PIECES.finditer(script):
        string = re.sub(r"\$\{[^}]*\}", "", next((one for one in piece.groups() if one), ""))
        is_text = BEGINS_LIKE_A_TEXT.search(string) or TWO_WORDS.search(string)
        if is_text and string not in NO_TEXTS:
            yield string


def test_members_meet_scripts():
    met = ["agenda.js", "comments.js", "live.js", "log-in.js", "passkey.js", "password.js"]
    met += ["recordings.js", "site.js"]
    assert of_members() == met


@pytest.mark.parametrize("name", of_members())
def test_a_script_of_members_has_no_words(name: str) -> None:
    assert list(said((SCRIPTS / name).read_text())) == []


@pytest.mark.parametrize(
    "line",
    [
        'say("That did not work.");',
        "button.textContent = 'Copy';",
        "say(`It was kept at ${time}`);",
        'say("all is well");',
    ],
)
def test_words_in_a_script_are_found(line: str) -> None:
    assert list(said(line))


@pytest.mark.parametrize(
    "line",
    [
        "// It isn't said.",
        'part.className = "btn btn-secondary";',
        'page.querySelector("form [name=token], .card a:hover");',
        'const found = text.match(/^It isn\'t "so"$/);',
        'if (event.key === "Enter") send(`${PREFIX}out`);',
    ],
)
def test_what_is_no_text_is_passed_over(line: str) -> None:
    assert list(said(line)) == []

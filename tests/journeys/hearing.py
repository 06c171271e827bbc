"""What a screen reader is given of a page: the words of its accessibility tree in order, and its headings.

Nothing here stands for a certain reader. Roles and names come from the browser's own tree (Playwright's aria
snapshot); jumping from heading to heading is done as all readers do, with the focus in place of the cursor.
"""

import re

from playwright.sync_api import Locator, Page

#: Lines of a snapshot that nobody hears: addresses, and what is the same as the text beside it.
UNHEARD = re.compile(r"^- /(url|placeholder):")


def heard(part: Locator) -> list[str]:
    """The tree of a part of the page, a line for each thing in it, without where links lead."""
    lines = (line.strip() for line in part.aria_snapshot().splitlines())
    return [_plain(line) for line in lines if not UNHEARD.match(line)]


def _plain(line: str) -> str:
    """A line of the snapshot (YAML) without its quotes and signs."""
    words = re.sub(
        r"""^'?(button ".*")'?: .*$""", r"\1", line.removeprefix("- ")
    )  # its name is all that is heard
    words = re.sub(r"""^'(.*)'(:?)$""", r"\1\2", words).replace('"', "").removesuffix(":")
    return _close(words)


def _close(words: str) -> str:
    """Words without a space before a comma, which stands in an element of its own."""
    return re.sub(r" (,)(?= |$)", r"\1", words)


def next_heading(page: Page, level: int) -> str:
    """Jump to the next heading of this level, as the key of a screen reader does; its words."""
    words = page.evaluate(NEXT, level)
    assert words is not None, f"There is no further heading of level {level}."
    return _close(" ".join(words.split()))


NEXT = """(level) => {
    const at = document.activeElement;
    const isAhead = (one) => at === document.body || at.compareDocumentPosition(one) & 4;
    const all = [...document.querySelectorAll(`main h${level}`)];
    const next = all.find((one) => one.checkVisibility() && isAhead(one));
    if (!next) return null;
    next.tabIndex = -1;
    next.focus();
    return next.textContent;
}"""

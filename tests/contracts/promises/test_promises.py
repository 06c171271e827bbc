"""What is promised names what keeps it, and that is there: the page about privacy, and words of forms."""

import ast
import re
from functools import cache
from pathlib import Path

from members.policies import first_text
from tests.contracts.promises import forms
from tests.contracts.promises.privacy import KEPT, PEOPLE, REASON

TESTS = Path(__file__).parents[2]
SITE = TESTS.parent


def sentences(text: str) -> list[str]:
    """The sentences of a text in Markdown, without its headings."""
    blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n|\n(?=- )", text))
    said = [re.sub(r"^- ", "", block) for block in blocks if block and not block.startswith("#")]
    return [one for block in said for one in re.split(r"(?<=[.:])\*{0,2}\s+(?=[A-Z*])", block)]


@cache
def names_in(file: Path) -> set[str]:
    return {one.name for one in ast.walk(ast.parse(file.read_text())) if isinstance(one, ast.FunctionDef)}


def is_there(test: str) -> bool:
    file, _, name = test.partition("::")
    path = TESTS / file
    return path.is_file() and (not name or name in names_in(path))


def test_every_sentence_of_the_page_about_privacy_names_what_keeps_it():
    said = sentences(first_text("privacy"))

    assert [one for one in said if sum(one.startswith(beginning) for beginning in KEPT) != 1] == []
    assert [beginning for beginning in KEPT if not any(one.startswith(beginning) for one in said)] == []


def test_what_is_said_to_keep_a_promise_is_a_test_that_is_there():
    keepers = [test for kept in KEPT.values() if kept not in (REASON, PEOPLE) for test in kept]

    keepers += [test for words in forms.KEPT.values() for kept in words.values() for test in kept]

    assert [test for test in keepers if not is_there(test)] == []
    assert len(keepers) > len(KEPT) / 2


def test_what_forms_and_emails_promise_stands_there_as_it_is_kept():
    said = {file: " ".join((SITE / file).read_text().split()) for file in forms.KEPT}

    assert [words for file, kept in forms.KEPT.items() for words in kept if words not in said[file]] == []


def test_a_new_sentence_and_a_test_that_went_are_found():
    assert sentences("## Emails\n\nWe send none. Never. Or\nseldom.\n\n- **Never**, we said") == [
        "We send none.",
        "Never.",
        "Or seldom.",
        "**Never**, we said",
    ]
    assert not is_there("contracts/promises/test_promises.py::test_that_went")
    assert not is_there("contracts/promises/test_none.py")

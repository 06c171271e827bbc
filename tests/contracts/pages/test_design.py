"""What templates and stylesheets keep to: contrast, no inline code, components naming their variables."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from common.templatetags import components
from qevent.colours import colours, contrast
from tests.contracts import shapes

TEMPLATES = settings.BASE_DIR / "templates"
CSS = settings.BASE_DIR / "static" / "css"
EVERY_TEMPLATE = sorted(TEMPLATES.rglob("*.html"))
PAGES = [path for path in EVERY_TEMPLATE if "emails" not in path.parts]
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))

#: Colours that are the same in the light and in the dark: the skip link's words on the focus colour; the
#: paper on which an email, or a QR code, is shown.
COLOURS_THAT_STAY = {"links.css": {"#1d1633"}, "mail.css": {"#ffffff"}, "factors.css": {"#ffffff"}}

LONGEST_LINE = 140
#: A picture in its address, and the frame of emails, whose styles stand on the elements.
WHOLE = 'href="data:'
FRAME_OF_EMAILS = {TEMPLATES / "emails" / name for name in ("base.html", "_button.html", "_code.html")}
#: What people write; pictures and fonts are not read.
WRITTEN = (".html", ".txt", ".css", ".js")
#: Names in Python and of elements that templates have to write.
NAMES = ('aria-labelledby="hers"', 'id="hers"')

TEXT = 4.5
CONTROL = 3.0

#: What meets on a page: (in front, behind, the ratio WCAG 2.2 asks for: 1.4.3 for text, 1.4.11 for controls).
PAIRS = [
    *[("ink", behind, TEXT) for behind in ("paper", "tint", "green-tint", "amber-tint", "red-tint")],
    *[("ink-soft", behind, TEXT) for behind in ("paper", "tint", "green-tint", "amber-tint", "red-tint")],
    *[("violet", behind, TEXT) for behind in ("paper", "tint", "green-tint", "amber-tint", "red-tint")],
    *[("violet-deep", behind, TEXT) for behind in ("paper", "tint")],
    ("on-violet", "violet", TEXT),
    ("on-violet", "violet-deep", TEXT),
    ("on-coral", "coral", TEXT),
    ("on-coral", "coral-deep", TEXT),
    ("on-foot", "foot", TEXT),
    ("paper", "violet", TEXT),
    ("paper", "red", TEXT),
    *[("green", behind, TEXT) for behind in ("paper", "green-tint")],
    *[("amber", behind, TEXT) for behind in ("paper", "amber-tint")],
    *[("red", behind, TEXT) for behind in ("paper", "red-tint", "tint")],
    *[("edge", behind, CONTROL) for behind in ("paper", "tint")],
    *[("coral", behind, CONTROL) for behind in ("paper", "tint")],
    ("focus", "foot", CONTROL),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "behind", "least"), PAIRS)
def test_colours_that_meet_can_be_told_apart(scheme: str, front: str, behind: str, least: float) -> None:
    found = colours()[scheme]

    ratio = contrast(found[front], found[behind])

    assert ratio >= least, f"{front} on {behind} ({scheme}) is {ratio:.2f} to 1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("behind", ["paper", "tint", "green-tint", "amber-tint", "violet", "coral"])
def test_the_focus_ring_shows_on_whatever_lies_behind_it(scheme: str, behind: str) -> None:
    found = colours()[scheme]

    best = max(contrast(found[ring], found[behind]) for ring in ("focus", "focus-edge"))

    assert best >= CONTROL, f"both rings on {behind} ({scheme}): {best:.2f} to 1"


def test_black_on_white_has_the_contrast_that_wcag_gives_as_the_greatest() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_no_page_carries_inline_script_or_style(path: Path) -> None:
    markup = path.read_text()

    found = [
        *re.findall(r"<style\b", markup),
        *re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", markup),
        *re.findall(r"\sstyle\s*=", markup),
        *re.findall(r"\son[a-z]+\s*=\s*[\"']", markup),
        *re.findall(r"\bhx-on\b|\bjavascript:", markup),
    ]

    assert found == []


@pytest.mark.parametrize("folder", [TEMPLATES, CSS, CSS.parent / "js"], ids=lambda path: path.name)
def test_a_person_in_general_is_they_in_comments_too(folder: Path) -> None:
    written = {path: path.read_text() for path in folder.rglob("*.*") if path.suffix in WRITTEN}

    found = {str(path): shapes.gendered(without_names(text)) for path, text in written.items()}

    assert written
    assert {path: words for path, words in found.items() if words} == {}


def without_names(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, "")
    return text


@pytest.mark.parametrize("path", sorted({*EVERY_TEMPLATE} - FRAME_OF_EMAILS), ids=str)
def test_no_line_of_a_template_is_longer_than_a_screen_is_wide(path: Path) -> None:
    long = [line for line in path.read_text().splitlines() if len(line) > LONGEST_LINE]

    assert [line for line in long if not line.lstrip().startswith(WHOLE)] == []


@pytest.mark.parametrize("path", EVERY_TEMPLATE, ids=str)
def test_every_template_compiles(path: Path) -> None:
    get_template(str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_every_component_begins_by_naming_its_variables(path: Path) -> None:
    assert re.match(r"(\{# .+ #\}\n)*?\{# (.+ )?Variables: .+ #\}\n", path.read_text())


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_components_are_included_with_only_what_they_name(path: Path) -> None:
    includes = re.findall(r'\{% include "components/[^%]*%\}', path.read_text())

    assert [include for include in includes if not include.endswith("only %}")] == []


@pytest.mark.parametrize("name", sorted(components.register.tags))
def test_a_component_that_is_a_tag_has_its_file_and_is_never_included(name: str) -> None:
    call = f'include "components/{name}.html"'

    assert (TEMPLATES / "components" / f"{name}.html").exists()
    assert [page for page in EVERY_TEMPLATE if call in page.read_text()] == []


@pytest.mark.parametrize(
    "path",
    sorted(set(CSS.rglob("*.css")) - {CSS / "tokens.css", CSS / "admin-tokens.css"}),
    ids=lambda path: path.name,
)
def test_stylesheets_take_their_colours_from_the_tokens(path: Path) -> None:
    rules = re.sub(r'url\("[^"]*"\)', "", path.read_text())

    literal = set(re.findall(r"#[0-9a-f]{3,8}\b", rules))

    assert literal <= COLOURS_THAT_STAY.get(path.name, set())

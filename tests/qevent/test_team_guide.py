"""The team's guide calls buttons and pages what the site calls them."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
#: Words of one line between single or double asterisks: what is pressed, opened or ticked.
QUOTED = re.compile(r"(?<!\*)(\*{1,2})(?! )([^*\n]+)\1(?!\*)")
#: The way to a page: "Admin → Members".
WAY = re.compile(r"(?:Team|Admin|Blog)(?: → [A-Z][\w ]+)+")
#: What a button says stands in its tag.
BUTTON = re.compile(r"""\{%\s*(?:button|post_button)\s+"([^"]*)\"""")
#: Stressed, or names of columns.
NOT_LABELS = {"now", "usually within one working day", "in review", "slug", "id", "team roles", "keys"}
#: What Django makes of the name of a record.
OF_DJANGO = {"Add member": "Add {{ cl.opts.verbose_name }}"}


@pytest.fixture(scope="module")
def sources() -> str:
    """All that the site can say: templates and Python, without what no reader sees."""
    files = [*ROOT.glob("templates/**/*.html")]
    for app in (
        "audit",
        "blog",
        "comments",
        "concerns",
        "events",
        "hosting",
        "learning",
        "live",
        "members",
        "notifications",
        "qevent",
        "recordings",
        "team",
        "workshops",
    ):
        files += ROOT.glob(f"{app}/**/*.py")
    return plain(" ".join(one.read_text() for one in files))


def plain(text: str) -> str:
    """Words as they are read: without comments and tags of templates, and capitals."""
    text = BUTTON.sub(r"\1 {% ", text)
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|<[^>]*>", "", text, flags=re.DOTALL)
    return " ".join(text.replace("&amp;", "&").split()).lower()


def labels():
    guide = (ROOT / "docs/team-guide.md").read_text()
    # A phrase may go on in the next line of a paragraph.
    text = re.sub(r"(?<=\S)\n(?=\S)(?![-#|>\d])\s*", " ", guide)
    found = {words for _, words in QUOTED.findall(text)}
    found |= {step for way in WAY.findall(text) for step in way.split(" → ")[1:]}
    return sorted(found - NOT_LABELS)


def test_the_guide_quotes_many_labels():
    assert len(labels()) > 40


@pytest.mark.parametrize("label", labels())
def test_what_the_guide_quotes_is_on_the_site(sources, label):
    # "Booked: 12" stands for any number; "Admin → Members → …" is looked for step by step.
    parts = [re.sub(r": \d+$", "", part) for part in OF_DJANGO.get(label, label).split(" → ")]

    missing = [part for part in parts if plain(part).rstrip("….") not in sources]

    assert missing == []

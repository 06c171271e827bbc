"""The style guide: every component in every state, for whoever builds pages."""

import html5lib
import pytest
from django.conf import settings as site
from django.test import Client, override_settings
from django.utils.html import escape
from pytest_django import DjangoDbBlocker, Settings

from qevent.styleguide import components
from tests.markup import flat

pytestmark = pytest.mark.django_db
TEMPLATES = site.BASE_DIR / "templates"
#: Parts that one page has: included by it, where all others are tags.
INCLUDED = {"footer", "table", "timeline"}


@pytest.fixture(scope="module")
def guide(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> str:
    """The style guide, asked for once: it takes as long as twenty pages."""
    with django_db_blocker.unblock(), override_settings(DEBUG=False, DEMO=True):
        return Client().get("/styleguide/").text


@pytest.mark.slow
def test_the_style_guide_is_there_in_a_demo(guide: str) -> None:
    html5lib.HTMLParser(strict=True).parse(guide)
    for words in (
        "8 of 20 places left",
        "1 of 1 place left",
        "Full. 4 waiting",
        "No limit",
        "Page 2 of 3",
        'data-heading="Places">20</td>',
        "There is a problem",
        "A place is held for you",
        "<code>--violet</code>",
        "17.3, 15.7",
    ):
        assert words in guide


@pytest.mark.parametrize("name", [one.name for one in components()])
def test_every_component_is_shown_with_what_it_is_and_how_it_is_included(guide: str, name: str) -> None:
    sample = (TEMPLATES / "styleguide" / f"{name}.html").read_text()

    call = f'{{% include "components/{name}.html"' if name in INCLUDED else f"{{% {name} "
    assert call in sample
    assert f'<h2 id="{name}">' in flat(guide)
    assert escape(call) in guide


def test_nothing_is_shown_that_is_no_component() -> None:
    samples = {path.stem for path in (TEMPLATES / "styleguide").glob("[!_]*.html")}

    assert samples == {one.name for one in components()}


def test_no_two_things_of_the_style_guide_share_an_id(guide: str) -> None:
    tree = html5lib.parse(guide, namespaceHTMLElements=False)

    ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]

    assert sorted(ids) == sorted(set(ids))


def test_a_real_site_has_no_style_guide(client: Client, settings: Settings) -> None:
    settings.DEBUG, settings.DEMO = False, False

    assert client.get("/styleguide/").status_code == 404

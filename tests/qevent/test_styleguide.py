"""The style guide: every component in every state, for whoever builds pages."""

import html5lib
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


def test_the_style_guide_is_there_in_a_demo(client: Client, settings: Settings) -> None:
    settings.DEBUG, settings.DEMO = False, True

    page = client.get("/styleguide/").text

    html5lib.HTMLParser(strict=True).parse(page)
    for words in (
        "8 of 20 places left",
        "1 of 1 place left",
        "Full. 4 waiting",
        "No limit",
        "Page 2 of 3",
        'data-heading="Places">20</td>',
        "There is a problem",
    ):
        assert words in page


def test_no_two_things_of_the_style_guide_share_an_id(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    tree = html5lib.parse(client.get("/styleguide/").text, namespaceHTMLElements=False)

    ids = [element.get("id") for element in tree.iter() if element.get("id")]

    assert sorted(ids) == sorted(set(ids))


def test_a_real_site_has_no_style_guide(client: Client, settings: Settings) -> None:
    settings.DEBUG, settings.DEMO = False, False

    assert client.get("/styleguide/").status_code == 404

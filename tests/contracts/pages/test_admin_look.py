"""The admin looks like the site: its colours are the site's, light and dark, whatever its button says."""

import re

import pytest
from django.conf import settings

CSS = settings.BASE_DIR / "static" / "css"
COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_that_the_button_chooses_are_those_of_the_site(scheme):
    light, dark = (CSS / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    site = {"light": COLOUR.findall(light), "dark": COLOUR.findall(dark)}

    chosen = (CSS / "admin-tokens.css").read_text().split(f'html[data-theme="{scheme}"]')[1].split("}")[0]

    assert COLOUR.findall(chosen) == site[scheme]

"""What is wrong with the page that a journey has come to: what axe finds, and scrolling sideways."""

from typing import Any

from playwright.sync_api import Page

from tests.contracts.pages.browser import AXE_OPTIONS, axe

#: The narrowest screen that is promised to do without sideways scrolling (WCAG 2.2, 1.4.10).
NARROWEST = 320


def violations(page: Page, options: dict[str, Any] = AXE_OPTIONS) -> list[str]:
    """Return what axe finds, with the elements; without the page's scripts axe never answers."""
    page.evaluate(axe())
    found = page.evaluate("(options) => axe.run(document, options)", options)["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


def look(page: Page) -> list[str]:
    """Return what axe finds with everything unfolded, and whether a narrow screen scrolls sideways."""
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    problems = violations(page)
    width = (page.viewport_size or {"width": 1280})["width"]
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        problems.append(f"scrolls sideways at {NARROWEST} px")
    page.set_viewport_size({"width": width, "height": 900})
    return problems

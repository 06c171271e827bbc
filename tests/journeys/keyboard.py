"""A reader who has a keyboard only: where the focus stands, and that it can be seen."""

from playwright.sync_api import Page

FOCUSED = """() => {
    const one = document.activeElement;
    return one.getAttribute('name') || one.textContent.trim().replace(/\\s+/g, ' ');
}"""
#: A ring that can be seen: an outline, or a shadow in its place, of the focused thing or what carries it.
RING = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none';
}"""


def focused(page: Page) -> str:
    """The name of the field that has the focus, or the words of the link or button."""
    return str(page.evaluate(FOCUSED))


def outcome(page: Page) -> str:
    """Wait until the focus stands on the group that says what became of an act; its name."""
    page.locator("[role=group]:focus").wait_for()
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


def tab_to(page: Page, wanted: str) -> int:
    """Press Tab until the focus stands on what is wanted, and say how often; it can be seen all the way."""
    page.wait_for_load_state("load")  # without its styles a page shows no focus
    passed: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        passed.append(focused(page))
        if page.evaluate("document.activeElement !== document.body"):
            assert page.evaluate(RING), f"The focus cannot be seen on {passed[-1]!r}."
        if passed[-1].startswith(wanted):
            return len(passed)
    raise AssertionError(f"The focus never came to {wanted!r}: {passed}")


def assert_focus_is_seen(page: Page) -> None:
    """The focus has not been lost, and its ring can be seen."""
    assert page.evaluate("document.activeElement !== document.body"), "The focus has been lost."
    assert page.evaluate(RING), f"The focus cannot be seen on {focused(page)!r}."

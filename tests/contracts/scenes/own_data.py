"""Forms of one's own data and log-ins: whoever asked to be erased can take that back, and has a file made."""

from collections.abc import Callable
from typing import Any

from members.privacy import erasure
from tests import make
from tests.contracts import people
from tests.make import NOW


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scene by its name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def about_to_be_erased() -> Any:
        made, ned = world(), make.member("Ned")
        erasure.ask(ned, by=ned, at=NOW)
        return scene(made, people.reader(ned), ned, ["/members/my-data/"])

    def logged_in_twice() -> Any:
        made, ned = world(), make.member("Ned")
        people.reader(ned)
        return scene(made, people.reader(ned), ned, ["/accounts/logged-in/"])

    return {"logged in twice": logged_in_twice, "about to be erased": about_to_be_erased}

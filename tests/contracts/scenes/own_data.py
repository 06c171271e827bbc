"""Forms of one's own data: whoever has asked to be erased can take that back, and has a file made."""

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

    return {"about to be erased": about_to_be_erased}

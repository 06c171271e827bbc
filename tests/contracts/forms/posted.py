"""Where the forms of each scene are posted to: kept, as it comes from the sources alone."""

from tests.contracts import kept
from tests.contracts.scenes.catalogue import SCENES, Scene


def to(name: str, scene: Scene | None = None) -> list[str]:
    """Return the names of the addresses, in order; ``scene`` is the one of that name, where it is made."""
    return kept.made_once(
        f"posted-{name.replace(' ', '-').replace(',', '')}", lambda: _addresses(scene or SCENES[name]())
    )


def _addresses(scene: Scene) -> list[str]:
    return sorted({form.address for form in scene.forms if form.method == "POST"})

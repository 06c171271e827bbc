"""One stylesheet out of many small ones, so that a first visit stays within eight requests.

The design is written in one file a part and a component (docs/design.md); ``css/site.css`` is all of them
in order, put together when it is asked for: by the development server, or by ``collectstatic``, which then
gives it its hashed name. Nothing is compiled or rewritten.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
SOURCES = Path(settings.BASE_DIR) / "static" / "css"
#: The parts in order: what comes later wins. Components follow in the order of the alphabet, the reader last.
PARTS = ("type", "links", "frame", "header", "footer", "buttons", "forms")
FOLDER = Path(settings.BASE_DIR) / ".local" / "stylesheet"


def sources() -> list[Path]:
    """Return the files that make up the stylesheet, in order."""
    parts = [SOURCES / "base" / f"{part}.css" for part in PARTS]
    components = sorted((SOURCES / "components").glob("*.css"))
    return [SOURCES / "tokens.css", *parts, *components, SOURCES / "base" / "reader.css"]


def put_together() -> Path:
    """Write the stylesheet where it differs from what is there, and return its path."""
    target = FOLDER / NAME
    css = "\n".join(source.read_text() for source in sources())
    if not target.is_file() or target.read_text() != css:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".new")
        fresh.write_text(css)
        fresh.replace(target)
    return target


class StylesheetFinder(BaseFinder):
    """Finds the one file that is in no folder of the project."""

    def find(self, path: str, find_all: bool = False) -> str | Sequence[str]:  # type: ignore[override]  # noqa: FBT001, FBT002  # Django's own, without the argument it has deprecated
        """Return the stylesheet's path where ``path`` asks for it; nothing otherwise."""
        if path != NAME:
            return []
        found = str(put_together())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:  # noqa: ARG002  # Django's signature
        """Name the stylesheet for ``collectstatic``."""
        put_together()
        yield NAME, FileSystemStorage(location=FOLDER)

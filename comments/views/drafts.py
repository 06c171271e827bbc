"""What a visitor typed before she logged in: kept in her session, for the box that she typed it in."""

from typing import Final

from django.http import HttpRequest

KEPT: Final = "comment_draft"


def keep(request: HttpRequest, body: str, *, box: str) -> None:
    """Keep the words of the box that stands at this address; only the last are kept."""
    request.session[KEPT] = {"box": box, "body": body}


def of(request: HttpRequest, *, box: str) -> str:
    """Return what was typed in that box, "" where nothing is kept."""
    kept = request.session.get(KEPT, {})
    return str(kept["body"]) if kept.get("box") == box else ""


def drop(request: HttpRequest) -> None:
    """Forget the words: they have been posted."""
    request.session.pop(KEPT, None)

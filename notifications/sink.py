"""A mail sink for the demo: emails become files in one folder, which web and worker both see.

``EMAIL_URL=sinkmail://`` sends here, into ``.local/mail`` of the checkout; ``sinkmail:////some/folder``
into that folder. The files are complete emails (``.eml``), readable by their owner only, since they
hold log-in codes; ``/mail/`` shows them in the demo, on this very machine. The newest 1,000 are kept.
"""

import re
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedEmail
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

MAX_KEPT = 1000
#: Nanoseconds since 1970, so that names sort by time, and something to tell two apart.
NAME = re.compile(r"[0-9]{20}-[0-9a-f]{8}")


class EmailBackend(BaseEmailBackend):
    """Writes each email into the sink's folder."""

    def __init__(self, fail_silently: bool = False, **_: Any) -> None:  # noqa: FBT001, FBT002  # Django's signature
        super().__init__(fail_silently=fail_silently)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the emails; each appears complete or not at all."""
        place = folder()
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for email in email_messages:
            name = f"{time.time_ns():020d}-{uuid.uuid4().hex[:8]}"
            part = place / f"{name}.part"
            part.touch(mode=0o600)
            part.write_bytes(email.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django's own
            part.rename(place / f"{name}.eml")
        for old in names()[MAX_KEPT:]:
            (place / f"{old}.eml").unlink(missing_ok=True)
        return len(email_messages)


@dataclass(frozen=True)
class SunkFile:
    """A file that came with a sunk email; ``number`` finds it again."""

    number: int
    filename: str
    mimetype: str
    content: bytes


@dataclass(frozen=True)
class SunkEmail:
    """An email in the sink."""

    name: str
    at: datetime
    to: str
    sender: str
    subject: str
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    files: tuple[SunkFile, ...]


def folder() -> Path:
    """Return the sink's folder."""
    return Path(getattr(settings, "EMAIL_FILE_PATH", "") or settings.BASE_DIR / ".local" / "mail")


def names() -> list[str]:
    """Return the names of the emails in the sink, newest first."""
    place = folder()
    if not place.is_dir():
        return []
    return sorted((file.stem for file in place.iterdir() if file.suffix == ".eml"), reverse=True)


def load(name: str) -> SunkEmail | None:
    """Return one email; None where the sink has none of that name."""
    file = folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not file.is_file():
        return None
    content = file.read_bytes()
    email = message_from_bytes(content, policy=policy.default)
    text, html = email.get_body(("plain",)), email.get_body(("html",))
    return SunkEmail(
        name=name,
        at=datetime.fromtimestamp(int(name[:20]) / 1e9, tz=UTC),
        to=str(email["To"]),
        sender=str(email["From"]),
        subject=str(email["Subject"]),
        headers=tuple((key, str(value)) for key, value in email.items()),
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
        files=tuple(_files(email)),
    )


def _files(email: ParsedEmail) -> list[SunkFile]:
    """Return what is neither the text nor the HTML: attachments, and calendars among the alternatives."""
    bodies = [email.get_body(("plain",)), email.get_body(("html",))]
    parts = [part for part in email.walk() if not part.is_multipart() and part not in bodies]
    return [
        SunkFile(
            number=number,
            filename=part.get_filename() or f"part-{number}",
            mimetype=str(part["Content-Type"]),
            content=bytes(part.get_payload(decode=True) or b""),
        )
        for number, part in enumerate(parts, start=1)
    ]

"""Writing a letter: three templates found by its name, in the community's name, to one recipient.

``templates/emails/<name>/`` holds ``subject.txt``, ``body.txt`` and ``body.html``; the bodies extend
``emails/base.txt`` and ``emails/base.html``, whose footer says why the letter came and how to reach the
team. Plain text is rendered without escaping. Nothing here sends: the outbox does.
"""

import re
import textwrap
from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from email.utils import parseaddr
from html import unescape
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.template import Context, engines
from django.template.backends.django import DjangoTemplates
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext as _

from members.models import Member, SiteSettings
from notifications.outbox import Attachment, Letter

SUBJECT_LENGTH: Final = 78
#: Inboxes show about as much of a letter's beginning beside its subject.
PREVIEW_LENGTH: Final = 140
SEEN_LENGTH: Final = 90
#: The button of a letter (emails/_button.html).
PRESSED: Final = re.compile(r'<a class="press"[^>]*>(.*?)</a>', re.DOTALL)


def compose(
    name: str,
    *,
    to: Member | str,
    context: Mapping[str, Any],
    reason: str | Promise,
    attachments: Sequence[Attachment] = (),
    unsubscribe_url: str = "",
    answers_to: str = "",
    site: SiteSettings | None = None,
) -> Letter:
    """Write the letter ``name`` to a member, or to an address with or without a name ("Bo <bo@…>").

    ``reason`` is the sentence of the footer that says why it came. ``unsubscribe_url`` must answer a POST
    (RFC 8058). An answer goes to the team, or to the address ``answers_to``. Templates see ``context`` and
    besides ``site``, ``site_url``, ``recipient`` (the member or None), ``recipient_name``,
    ``recipient_email``, ``reason``, ``unsubscribe_url`` and ``answers_to``; HTML besides ``preview``.
    One query, none where ``site`` has been loaded.
    """
    site = site or SiteSettings.load()
    member, own_name, address = _recipient(to)
    values = {
        **context,
        "site": site,
        "site_url": settings.SITE_URL,
        "recipient": member,
        "recipient_name": own_name,
        "recipient_email": address,
        "reason": str(reason),
        "unsubscribe_url": unsubscribe_url,
        "answers_to": answers_to,
    }
    values["subject"] = subject = short(
        one_line(_render(f"emails/{name}/subject.txt", values, is_html=False))
    )
    text = _tidy(_render(f"emails/{name}/body.txt", values, is_html=False))
    values["preview"] = place = uuid4().hex
    html = _tidy(_render(f"emails/{name}/body.html", values, is_html=True))
    return Letter(
        to=address,
        subject=subject,
        text=text,
        html=html.replace(place, escape(preview(text, to_do(html)))),
        from_email=sender(site),
        reply_to=answers_to or site.contact_email,
        headers=_headers(unsubscribe_url),
        attachments=tuple(attachments),
    )


def sender(site: SiteSettings) -> str:
    """Return the From header: the site's sender, or ``DEFAULT_FROM_EMAIL`` where none is set."""
    default_name, default_address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    name = site.sender_name or default_name or site.name
    return str(Address(display_name=one_line(name), addr_spec=site.sender_email or default_address))


def to_do(html: str) -> str:
    """Return the words of a letter's button, "" where it has none."""
    found = PRESSED.search(html)
    return one_line(unescape(found[1])) if found else ""


def preview(text: str, asks: str = "") -> str:
    """Return the line that an inbox shows beside the subject: how the letter begins, and what it asks to do.

    That stands within the first 90 characters, which is what most inboxes show.
    """
    greeting = re.escape(_("Hello %(name)s,") % {"name": "\0"}).replace(re.escape("\0"), "[^\\n]*")
    said = re.sub(rf"\A{greeting}\n", "", text.partition("\n\n--\n")[0])
    said = re.sub(r":?\s*https?://\S+", ".", said)
    words = " ".join(_ended(line) for line in said.splitlines() if line.strip(" -."))
    if asks:
        first, _stop, rest = words.partition(". ")
        asked = _ended(asks)
        if len(first) + 2 + len(asked) > SEEN_LENGTH:
            first, rest = "", words
        words = " ".join(filter(None, (first and _ended(first), asked, rest)))
    return textwrap.shorten(words, PREVIEW_LENGTH, placeholder="…")


def _ended(line: str) -> str:
    """End a line as a sentence where it does not end as one: a heading, a point of a list."""
    words = line.strip().removeprefix("- ")
    return words if words.rstrip("”)\u2069")[-1:] in ".!?:;,…" else f"{words}."


def one_line(words: str) -> str:
    """Fold all white space, so that nothing can add a header line."""
    return " ".join(words.split())


def short(words: str) -> str:
    """Cut a subject between words where no inbox would show all of it (RFC 5322, 2.1.1: 78 characters)."""
    if len(words) <= SUBJECT_LENGTH:
        return words
    cut = words[: SUBJECT_LENGTH - 1]
    between = cut.rpartition(" ")[0]
    return (between if len(between) > SUBJECT_LENGTH // 2 else cut).rstrip() + "…"


def _recipient(to: Member | str) -> tuple[Member | None, str, str]:
    if isinstance(to, Member):
        return to, to.name, to.email
    name, address = parseaddr(to)
    return None, name, address


def _headers(unsubscribe_url: str) -> dict[str, str]:
    """Say how to stop such letters, where one can (RFC 8058); that a program wrote it, the outbox says."""
    if not unsubscribe_url:
        return {}
    return {
        "List-Unsubscribe": f"<{unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _render(template: str, values: dict[str, Any], *, is_html: bool) -> str:
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)  # noqa: S101  # tells the type checker what settings say
    return backend.engine.get_template(template).render(Context(values, autoescape=is_html))


def _tidy(body: str) -> str:
    """Leave at most one empty line in a row, and no white space at the ends of lines."""
    lines = "\n".join(line.rstrip() for line in body.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"

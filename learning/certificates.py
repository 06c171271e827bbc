"""The certificate of what somebody attended: what it says, and the same as a PDF that screen readers read.

The PDF is tagged (PDF/UA-1, ISO 14289-1) and made by typst, which is installed only where a site wants it.
Names in Latin, Greek and Cyrillic letters come back out of it as they went in. Others are drawn, but readers
of its text layer double their letters or turn their words round, so whoever has one gets the page to print.
"""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from common import languages
from common.times import format_day, format_days, format_minutes, format_span
from learning.records import Attended, Record
from members.models import SiteSettings

TEMPLATE: Final = Path(__file__).with_name("certificate.typ")
#: Scripts whose letters stand right in the text layer.
READ_RIGHT: Final = ("LATIN", "GREEK", "CYRILLIC", "FEMININE ORDINAL", "MASCULINE ORDINAL", "MODIFIER LETTER")
#: On a certificate each day is named with its year.
FAR: Final = date.min


class NoPdf(Exception):
    """There is none: ``str()`` says why, and what to do."""


@dataclass(frozen=True)
class Line:
    """A session on it: its title, when it was, how long they were in it, how that is known."""

    title: str
    when: str
    length: str
    how: str


@dataclass(frozen=True)
class Certificate:
    """What it says, in the reader's language and the event's time."""

    language: str
    heading: str
    name: str
    says: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    total: str
    note: str
    organiser: str
    made: str

    def texts(self) -> Iterator[str]:
        """All that is written on it."""
        yield from (self.heading, self.name, self.says, *self.headings, self.total, self.note)
        yield from (self.organiser, self.made)
        for line in self.lines:
            yield from (line.title, line.when, line.length, line.how)


def of(record: Record, site: SiteSettings, *, at: datetime) -> Certificate | None:
    """Return the certificate of a record; ``None`` where nothing on it counts."""
    if not record.attended:
        return None
    event = record.event
    first, last = format_days(event.first_day, event.last_day, today=FAR)
    days = last if not first else _("%(first)s to %(last)s") % {"first": first, "last": last}
    return Certificate(
        language=languages.tag(),
        heading=_("Certificate of attendance"),
        name=record.member.name,
        says=_("%(name)s took part in %(event)s, %(days)s.")
        % {"name": record.member.name, "event": event.title, "days": days},
        headings=(_("Session"), _("When"), _("Time"), _("How it is known")),
        lines=tuple(_line(one, event.time_zone) for one in record.attended),
        total=_("In all: %(time)s.") % {"time": format_minutes(record.minutes)},
        note=_note(record),
        organiser=_("Organised by %(site)s.") % {"site": site.name},
        made=_("Made on %(day)s from the record of who was there.")
        % {"day": format_day(at.astimezone(event.zone).date(), today=FAR)},
    )


def why_no_pdf(certificate: Certificate) -> str:
    """Say why there is no PDF of it; "" where there is one, as far as is known before it is made."""
    if not _can_make():
        return _("This site makes no PDFs. Print this page, or choose “Save as PDF” where you print.")
    if not all(_is_read_right(text) for text in certificate.texts()):
        return _not_in_these_letters()
    return ""


def pdf(certificate: Certificate) -> bytes:
    """Return it as a PDF/UA-1 file. Some 50 ms of a processor. Raises ``NoPdf``."""
    if why := why_no_pdf(certificate):
        raise NoPdf(why)
    typst = import_module("typst")  # 80 MB that only sites which want them have
    said = {"data": json.dumps(asdict(certificate))}
    try:
        return bytes(
            typst.compile(
                TEMPLATE.read_bytes(), sys_inputs=said, ignore_system_fonts=True, pdf_standards=["ua-1"]
            )
        )
    except typst.TypstError as error:  # a sign in a title that its font lacks
        raise NoPdf(_not_in_these_letters()) from error


def _line(one: Attended, zone: str) -> Line:
    session = one.session
    assert session.starts_at and session.ends_at  # noqa: S101, PT018  # what has ended has times
    when = format_span(session.starts_at, session.ends_at, zone, today=FAR)
    return Line(session.title, when, format_minutes(one.minutes), one.how)


def _note(record: Record) -> str:
    if record.has_own_word:
        return _("“By their own word”: nobody else has noted it.")
    return ""


def _not_in_these_letters() -> str:
    return _(
        "A PDF would not say these names and titles as they are written, to screen readers above all. "
        "Print this page, or choose “Save as PDF” where you print."
    )


def _can_make() -> bool:
    return find_spec("typst") is not None


def _is_read_right(text: str) -> bool:
    return all(
        not character.isalpha() or unicodedata.name(character, "").startswith(READ_RIGHT)
        for character in text
    )

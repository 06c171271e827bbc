"""A file with all that the site holds of a person: readable, and for machines; made by a worker.

What is in it is what the apps have named (``common.personal_data``). One is made at a time for each person,
part by part, so that the page can say how far it is; a worker that was killed leaves a lease that ends. The
file lies in ``PRIVATE_ROOT``, which nothing serves but the page of its owner, for a week or until the next.
"""

import io
import json
import secrets
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import F, Field, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from common import languages
from common.personal_data import registry
from common.personal_data.registry import Person
from common.times import format_moment
from common.transactions import after_commit
from members.models import DataExport, Member
from members.privacy.persons import person_of
from notifications import outbox

#: How long the file lies there.
RETENTION: Final = timedelta(days=7)
#: Where in ``PRIVATE_ROOT``.
FOLDER: Final = "exports"
#: For so long a worker has one in its hands before another may take it.
LEASE: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Part:
    """One kind of data in the file: its title, and its rows as names and values."""

    title: str
    rows: list[dict[str, Any]]


def latest(member: Member) -> DataExport | None:
    """Return the file that is being made, or lies there. One query."""
    found: DataExport | None = DataExport.objects.filter(member=member).first()
    return found


def ask(member: Member, *, by: Member, at: datetime) -> DataExport:
    """Owe a member their file; what they had before goes. While one is being made, asking changes nothing."""
    try:
        with transaction.atomic():
            made = DataExport.objects.create(member=member, asked_at=at, parts=len(registry.exported()))
            trail.record(member, Act.DATA_ASKED_FOR, by=by, at=at)
            _forget(DataExport.objects.filter(member=member).exclude(pk=made.pk))
    except IntegrityError:  # one_export_of_a_person_at_a_time
        return DataExport.objects.get(member=member, ready_at=None)
    return made


def make_due(*, clock: Callable[[], datetime] = timezone.now) -> int:
    """Make all files that are asked for; return how many. Workers share them."""
    made = 0
    while (one := _claim(at=clock())) is not None:
        _make(one, clock)
        made += 1
    return made


def _claim(*, at: datetime) -> DataExport | None:
    with transaction.atomic():
        free = Q(lease_until=None) | Q(lease_until__lte=at)
        rows = DataExport.objects.select_for_update(skip_locked=True, of=("self",))
        one = rows.filter(free, ready_at=None).order_by("pk").select_related("member").first()
        if one is not None:
            DataExport.objects.filter(pk=one.pk).update(lease_until=at + LEASE, parts_done=0)
    return one


def _make(one: DataExport, clock: Callable[[], datetime]) -> None:
    row = DataExport.objects.filter(pk=one.pk)
    with translation.override(languages.of_member(one.member)):
        parts = []
        for part in parts_of(person_of(one.member)):
            parts.append(part)
            row.update(parts_done=F("parts_done") + 1)
        content = packed(one.member, [part for part in parts if part.rows], at=clock())
    # The row names the file before there is one: what no row names, nobody is writing any more.
    name = f"{FOLDER}/{one.member_id}-{secrets.token_urlsafe(24)}.zip"
    if not row.filter(ready_at=None).update(file=name):
        return
    _storage().save(name, ContentFile(content))
    with transaction.atomic():
        at = clock()
        if not row.filter(ready_at=None).update(file=name, ready_at=at, lease_until=None):
            _storage().delete(name)  # another worker was quicker, or the person is erased
            return
        outbox.enqueue(
            "data-ready", at=at, key=f"data-ready:{one.pk}", member=one.member, payload={"export": one.pk}
        )


def parts_of(person: Person) -> Iterator[Part]:
    """Return what each table holds of a person; those without rows as well. One query each."""
    for one in registry.exported():
        rows = one.rows(person).order_by("pk").values(*one.fields)
        yield Part(
            str(one.title), [{_label(one.model, name): row[name] for name in one.fields} for row in rows]
        )


def _label(model: Any, path: str) -> str:
    """Name a field as the site does: "Session title"."""
    *way, last = path.split("__")
    for name in way:
        model = model._meta.get_field(name).related_model
    field: Field[Any, Any] = model._meta.get_field(last)
    words = f"{way[-1].replace('_', ' ')} {field.verbose_name}" if way else str(field.verbose_name)
    return words[:1].upper() + words[1:]


def packed(member: Member, parts: list[Part], *, at: datetime) -> bytes:
    """Return a zip of the parts as JSON, and as a page to read in their language and time."""
    file = io.BytesIO()
    data = {part.title: part.rows for part in parts}
    shown = [(part.title, [_shown(row, member.time_zone) for row in part.rows]) for part in parts]
    context = {"parts": shown, "made_at": format_moment(at, member.time_zone), "site_url": settings.SITE_URL}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, cls=_Encoder, indent=2, ensure_ascii=False))
        archive.writestr("data.html", render_to_string("members/data.html", context))
    return file.getvalue()


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        """Write a range of moments as its ends; the rest as Django does."""
        return [o.lower, o.upper] if hasattr(o, "lower_inc") else super().default(o)


def _shown(row: dict[str, Any], zone: str) -> list[tuple[str, str]]:
    """Return what a row says, in words; what is empty is left out."""
    return [(name, _in_words(value, zone)) for name, value in row.items() if value not in ("", None, [], {})]


def _in_words(value: Any, zone: str) -> str:
    if isinstance(value, datetime):
        return format_moment(value, zone)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if hasattr(value, "lower_inc"):
        return f"{_in_words(value.lower, zone)} – {_in_words(value.upper, zone)}"
    if isinstance(value, dict | list):
        return json.dumps(value, cls=_Encoder, indent=2, ensure_ascii=False)
    return str(value)


def read(export: DataExport) -> bytes:
    """Return the file. Raises ``FileNotFoundError`` where it is gone."""
    with _storage().open(export.file) as file:
        content: bytes = file.read()
    return content


def forget(*, at: datetime) -> int:
    """Take files away that have lain there long enough, or that no row names; return how many rows went."""
    gone = _forget(DataExport.objects.filter(asked_at__lte=at - RETENTION))
    storage = _storage()
    lying = storage.listdir(FOLDER)[1] if storage.exists(FOLDER) else []
    named = set(DataExport.objects.exclude(file="").values_list("file", flat=True))
    for name in (f"{FOLDER}/{one}" for one in lying):
        kept = RETENTION if name in named else LEASE
        with suppress(FileNotFoundError):  # whose file it is may take it away meanwhile
            if storage.get_modified_time(name) <= at - kept:
                storage.delete(name)
    return gone


def forget_of(person: Person) -> None:
    """Take away what was made for a person."""
    _forget(DataExport.objects.filter(member_id=person.id))


def _forget(exports: "QuerySet[DataExport]") -> int:
    names = list(exports.exclude(file="").values_list("file", flat=True))
    gone = exports.delete()[0]
    for name in names:
        after_commit(lambda name=name: _storage().delete(name))  # type: ignore[misc]  # bound now, not later
    return gone


def _storage() -> FileSystemStorage:
    found = storages["private"]
    assert isinstance(found, FileSystemStorage)  # noqa: S101  # as the settings say
    return found

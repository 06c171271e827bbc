"""Whether what was restored is whole: asked before it takes the site's place."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import FileField

from members.models import Erasure
from members.privacy import erased_list
from qevent.recovery import invariants, manifest
from qevent.recovery.manifest import Manifest
from recordings.models import Recording

FEWER_ERASED = (
    "The list of who was erased has {} lines, and had {}: bring it back to {} first. Without it people are "
    "there again whom the site has erased."
)
KEY_OF_NOW = "The secret key is that of the backup."
KEY_OF_BEFORE = "The secret key of the backup is a fallback: what it signed opens."
OTHER_KEY = (
    "The backup was made under another secret key ({}). Pages of guests and links that stop emails do not "
    "open, nobody can look up the address of their calendar: put the key of then into SECRET_KEY_FALLBACKS."
)


def counts(told: Mapping[str, int], there: Mapping[str, int]) -> Iterable[str]:
    """Yield what was not restored as it was counted."""
    for table in sorted({*told, *there}):
        if told.get(table, 0) != there.get(table, 0):
            yield f"{table} has {there.get(table, 0)} rows, and had {told.get(table, 0)}"


def files(media: Path, recordings: Path) -> Iterable[str]:
    """Yield each upload or recording that a row names and that is not there."""
    recorded: Any = Recording._meta.get_field("file")
    roots = {id(default_storage): media, id(recorded.storage): recordings}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            root = roots.get(id(field.storage)) if isinstance(field, FileField) else None
            if root is not None:
                named = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                gone = [name for name in named.iterator() if name and not (root / name).is_file()]
                yield from (f"{model._meta.label_lower}: {name} is missing" for name in gone)


def places() -> list[str]:
    """Return what is wrong with places."""
    return invariants.broken()


def erased(told: Manifest) -> Iterable[str]:
    """Yield what is wrong with the list of the erased; asked before it is applied."""
    least = max(told.erased, Erasure.objects.filter(done_at__isnull=False).count())
    if (there := erased_list.number()) < least:
        yield FEWER_ERASED.format(there, least, settings.ERASED_ROOT)


def secret_key(told: Manifest) -> str:
    """Say whether what was signed then opens now."""
    if told.secret_key == manifest.fingerprint(settings.SECRET_KEY):
        return KEY_OF_NOW
    if told.secret_key in map(manifest.fingerprint, settings.SECRET_KEY_FALLBACKS):
        return KEY_OF_BEFORE
    return OTHER_KEY.format(told.secret_key)

"""What a backup says of itself: when, by which release, how much, under which secret key (never the key)."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.crypto import salted_hmac

from live.models import MeetingReport
from members.privacy import erased_list
from qevent.recovery import postgres
from qevent.recovery.refusals import RecoveryRefused

FORMAT: Final = 1
#: Every table of the site's own schema.
TABLES: Final = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"

#: What waits for a day at most, with names of people who are nobody of ours: no backup keeps it longer.
LEFT_OUT: Final = (MeetingReport._meta.db_table,)


@dataclass(frozen=True)
class Manifest:
    """Versions, counts and time of a backup; ``migrations`` has the last of each app.

    ``erased``: how many were on the list of the erased, which is no part of the backup.
    """

    made_at: datetime
    release: str
    django: str
    postgres: int
    migrations: Mapping[str, str]
    counts: Mapping[str, int]
    secret_key: str
    site_url: str
    erased: int

    def to_json(self) -> bytes:
        """Return it as it stands in a backup."""
        told = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat()}
        return json.dumps(told, indent=1, sort_keys=True).encode()


def of_now(*, at: datetime) -> Manifest:
    """Return what is so in this transaction. A query for each table."""
    return Manifest(
        made_at=at,
        release=release(),
        django=django.__version__,
        postgres=postgres.server_major(),
        migrations=migrations(),
        counts=counts(),
        secret_key=fingerprint(settings.SECRET_KEY),
        site_url=settings.SITE_URL,
        erased=erased_list.number(),
    )


def read(text: bytes) -> Manifest:
    """Return the manifest that stands in a backup. Raises ``RecoveryRefused``."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told.pop("format") != FORMAT:
            raise RecoveryRefused("The backup was made by a later release: restore it with that.")
        return Manifest(**told | {"made_at": datetime.fromisoformat(told["made_at"])})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecoveryRefused(f"This is no backup of the site ({type(error).__name__}).") from None


def fingerprint(key: str) -> str:
    """Return what tells one secret key from another, and nothing of it."""
    return salted_hmac("qevent.recovery", "fingerprint", secret=key, algorithm="sha256").hexdigest()[:16]


def release() -> str:
    """Return the release of the code."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def migrations() -> dict[str, str]:
    """Return the last migration of each app that the database has."""
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return dict(applied)


def counts() -> dict[str, int]:
    """Return how many rows each table has that is kept in backups."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall() if name not in LEFT_OUT]
        found = {}
        for name in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608  # quoted
            found[name] = int(cursor.fetchone()[0])
    return found

"""Where files lie: static ones, uploads, people’s own, recordings, backups (docs/operations.md)."""

from pathlib import Path
from typing import Any

from qevent.settings.site import BASE_DIR, env

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".local" / "static"
#: Files that browsers ask for at the root, whatever a page says: /favicon.ico, /apple-touch-icon.png.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
STATICFILES_DIRS = [BASE_DIR / "static", ("vendor", BASE_DIR / ".local" / "vendor")]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "qevent.stylesheet.StylesheetFinder",
]
MEDIA_URL = "media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / ".local" / "media")))
#: Files that nothing serves but a page for their owner: people's own data, for a week.
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", default=str(BASE_DIR / ".local" / "private")))
#: Videos and audio of sessions; a page serves them to those who may. In the backup, as uploads are.
RECORDINGS_ROOT = Path(env.str("RECORDINGS_ROOT", default=str(BASE_DIR / ".local" / "recordings")))
#: Bytes of one.
LARGEST_RECORDING = env.int("LARGEST_RECORDING_MB", default=1000) * 1_000_000
#: Who was erased; kept apart from the database, so that a restored backup brings nobody back.
ERASED_ROOT = Path(env.str("ERASED_ROOT", default=str(BASE_DIR / ".local" / "erased")))
_PRIVATE: Any = {
    "location": PRIVATE_ROOT,
    "base_url": None,
    "file_permissions_mode": 0o600,
    "directory_permissions_mode": 0o700,
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "qevent.storage.WholeFiles"},
    "private": {
        "BACKEND": "qevent.storage.WholeFiles",
        "OPTIONS": _PRIVATE,
    },
    "recordings": {
        "BACKEND": "qevent.storage.WholeFiles",
        "OPTIONS": _PRIVATE | {"location": RECORDINGS_ROOT},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

#: For whom they are encrypted ("age1…"), the file with what opens them, and where they are put.
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", default="")
BACKUP_IDENTITY = env.str("BACKUP_IDENTITY", default="")
BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(BASE_DIR / ".local" / "backups")))

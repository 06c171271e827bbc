"""A scratch database for measuring, beside the configured one, and dropped again; what it caches expires.

Importing this prepares Django, so it stands above every import that needs it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.test.utils import setup_databases, teardown_databases

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qevent.settings")
NAME = f"bench_{os.getpid()}"
settings.DATABASES["default"]["TEST"] = {"NAME": NAME}
settings.CACHES["default"]["KEY_PREFIX"] = NAME
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.ALLOWED_HOSTS.append("testserver")
settings.SECURE_SSL_REDIRECT = False
settings.DEBUG = False
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
django.setup()


@contextmanager
def database() -> Iterator[None]:
    """Make the scratch database; drop it at the end, whatever happens."""
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)

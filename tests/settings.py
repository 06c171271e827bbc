"""The site's settings with what tests want otherwise: fast passwords, files as they lie.

Reading them starts the servers that tests need (tests/servers.py), which set the environment.
"""

from tests import servers

servers.ready()

from qevent.environment import celery_broker  # noqa: E402 - the environment comes first
from qevent.settings import *  # noqa: E402, F403 - all of them, but for what follows
from qevent.settings import BASE_DIR, CACHES, STORAGES  # noqa: E402

# One Redis database for each xdist worker, for cache and broker alike; emptied before each test.
REDIS_URL = servers.redis_url()
CACHES = {"default": CACHES["default"] | {"LOCATION": REDIS_URL}}
CELERY_BROKER_URL = celery_broker(REDIS_URL)

# What a process keeps would outlive the test that wrote it.
SITE_SETTINGS_KEPT_SECONDS = 0
PLACES_KEPT_SECONDS = 0

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PRIVATE_ROOT = BASE_DIR / ".local" / "test" / f"private-{servers.worker()}"
ERASED_ROOT = BASE_DIR / ".local" / "test" / f"erased-{servers.worker()}"
RECORDINGS_ROOT = BASE_DIR / ".local" / "test" / f"recordings-{servers.worker()}"
STORAGES = STORAGES | {
    "recordings": STORAGES["recordings"]
    | {"OPTIONS": STORAGES["recordings"]["OPTIONS"] | {"location": RECORDINGS_ROOT}}
}
STORAGES = STORAGES | {
    "private": STORAGES["private"] | {"OPTIONS": STORAGES["private"]["OPTIONS"] | {"location": PRIVATE_ROOT}}
}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = BASE_DIR / ".local" / "test" / "static"
MEDIA_ROOT = BASE_DIR / ".local" / "test" / "media"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# Each process of a run hashes for itself.
HASHING_TURNS = [STATIC_ROOT.parent / f"turn-{servers.worker()}-{number}" for number in (1, 2)]
for turn in HASHING_TURNS:
    turn.touch()

"""What the site runs on: database, cache, broker, mail, the spam service."""

from urllib.parse import urlsplit

from qevent.environment import celery_broker, database, flag, redis_database, redis_url, required
from qevent.settings.site import SITE_URL, env

_DATABASE_URL = required("DATABASE_URL", "the address of Postgres: postgresql://user:password@host/database")
DATABASES = {"default": database(_DATABASE_URL)}
DATABASES["default"] |= {
    "ENGINE": "qevent.patient_postgres",
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "DISABLE_SERVER_SIDE_CURSORS": flag("DATABASE_BEHIND_POOLER"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = redis_url(required("REDIS_URL", "the address of Redis or Valkey, such as redis://host:6379/0"))
CACHES = {
    "default": {
        "BACKEND": "qevent.cache.ForgivingRedisCache",
        "LOCATION": env.str("CACHE_URL", default=redis_database(REDIS_URL, 1)),
    }
}

# So long a process shows the site's settings as it read them last; who may change them always reads them.
SITE_SETTINGS_KEPT_SECONDS = 10
# So long one reading of an event's places answers all who ask (workshops/agenda/public_places.py).
PLACES_KEPT_SECONDS = 1

CELERY_BROKER_URL = celery_broker(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_PUBLISH_RETRY = False
# A dead broker is noticed at once: who publishes tries twice within a tenth of a second, and gives up.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
}
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

env.EMAIL_SCHEMES["sinkmail"] = "notifications.sink.EmailBackend"
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"events@{urlsplit(SITE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Comments that wait are shown to Akismet where its key is set; the privacy page has to say so then.
AKISMET_KEY = env.str("AKISMET_KEY", default="")
AKISMET_URL = env.str("AKISMET_URL", default="https://rest.akismet.com/1.1/comment-check")

"""Settings, top to bottom.

Every outside value comes from the environment, or from the file that ``ENV_FILE`` names
(``.local/env`` by default: ``make run`` writes it, production has none). What production
cannot do without has no default; nothing is opened or connected here.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from qevent.environment import (
    LOOPBACK_HOSTS,
    celery_broker,
    choice,
    database,
    flag,
    is_loopback,
    redis_database,
    redis_url,
    required,
    several,
    site_url,
)

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env_file = Path(os.environ.get("ENV_FILE", BASE_DIR / ".local" / "env"))
if env_file.is_file():
    env.read_env(str(env_file))

# ---- The site -----------------------------------------------------------------------------

SECRET_KEY = required("SECRET_KEY", "a long random text that stays the same and that nobody else knows")
# Keys of before, the latest first: what was signed with them still opens (docs/operations.md).
SECRET_KEY_FALLBACKS = several("SECRET_KEY_FALLBACKS")
DEBUG = flag("DEBUG")
SITE_URL = site_url(required("SITE_URL", "the address of the site, such as https://events.example.org"))
DEMO = flag("DEMO") and is_loopback(SITE_URL)
# Where the demo's event lies as the site starts: the day before it, on its day, after it; "" where it is.
DEMO_DAY = choice("DEMO_DAY", ("", "before", "day", "after"))
MEMBERSHIP_APPROVAL = choice("MEMBERSHIP_APPROVAL", ("list", "manual", "open"))

ROOT_URLCONF = "qevent.urls"
WSGI_APPLICATION = "qevent.wsgi.application"

# ---- Apps ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    "team",
    "hosting",
    "learning",
    "live",
    "concerns",
    "recordings",
    "workshops",
    "comments",
    "blog",
    "events",
    "members",
    "notifications",
    "audit",
    "common",
    "qevent.apps.QeventConfig",
    "qevent.apps.CommunityAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_prose_editor",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "qevent.middleware.wait_for_database",
    "qevent.middleware.refuse_nul",
    "qevent.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "qevent.middleware.WhoAsks",
    "qevent.middleware.keep_nothing_personal",
    "qevent.middleware.speak_their_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "members.interrupted_forms.middleware.keep_what_is_typed",
    "qevent.middleware.ask_for_second_factor",
    "members.accounts.busy.SayThatManyLogIn",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "members.context.site",
                "workshops.context.my_agenda",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "common.templatetags.literals",
                "members.templatetags.typed_by",
                "common.templatetags.components",
            ],
        },
    }
]

# ---- Database, cache, broker ----------------------------------------------------------------

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
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    # A sweep that no worker took before the next is dropped: they do not pile up while workers are down.
    "deliver-due-messages": {
        "task": "notifications.tasks.deliver_due",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "tell-when-booking-opens": {"task": "workshops.tasks.announce_openings", "schedule": 60.0},
    "remind-of-the-day": {"task": "workshops.tasks.remind", "schedule": 60.0, "options": {"expires": 60}},
    "bring-back-what-they-will-do": {"task": "learning.tasks.bring_back", "schedule": 300.0},
    "tell-hosts-the-day-before": {"task": "hosting.tasks.tell_the_day_before", "schedule": 300.0},
    "tell-that-booking-has-opened": {"task": "workshops.tasks.tell_opened", "schedule": 20.0},
    "serve-waiting-lists": {"task": "workshops.tasks.sweep", "schedule": 60.0},
    "send-announcements": {
        "task": "team.tasks.send_announcements",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "let-in-who-waits-for-an-event": {"task": "events.tasks.sweep", "schedule": 60.0},
    "tell-moderators-what-waits": {"task": "comments.tasks.tell_moderators", "schedule": 900.0},
    "forget-attempts": {
        "task": "members.tasks.forget_attempts",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "forget-what-met-the-log-in": {"task": "members.tasks.forget_typed", "schedule": 600.0},
    "forget-what-is-not-kept": {"task": "members.tasks.forget", "schedule": 3600.0},
    "erase-who-asked-for-it": {"task": "members.tasks.erase_due", "schedule": 600.0},
    "make-files-with-peoples-data": {
        "task": "members.tasks.make_exports",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
}

# ---- People -------------------------------------------------------------------------------

AUTH_USER_MODEL = "members.Member"
# The address is unique without regard to case (one_account_per_address), which the check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "members.accounts.hashers.Argon2idHasher",
    "members.accounts.hashers.FormerHasher",  # of those who have not logged in since
]
# As many passwords are hashed at once as there are files here: their locks say who does, nothing else.
HASHING_TURNS = [BASE_DIR / "manage.py", BASE_DIR / "pyproject.toml"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "members.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_REDIRECT_URL = "members:membership"
ACCOUNT_FORMS = {
    "signup": "members.accounts.forms.SignupForm",
    "login": "members.accounts.forms.LoginForm",
    "request_login_code": "members.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "members.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "members.accounts.forms.ConfirmAddressForm",
    "add_email": "members.accounts.forms.ChangeAddressForm",
    "reset_password": "members.accounts.forms.ResetPasswordForm",
    "confirm_password_reset_code": "members.accounts.forms.ConfirmPasswordResetCodeForm",
    "reset_password_from_key": "members.accounts.forms.NewPasswordForm",
    "change_password": "members.accounts.forms.ChangePasswordForm",
    "set_password": "members.accounts.forms.SetPasswordForm",
    "reauthenticate": "members.accounts.forms.ReauthenticateForm",
}
# Codes, never links: mail scanners press links. Eight digits, so that guessing within the limits is hopeless.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
# Long enough to ask for three more codes, each of which has its own 15 minutes.
ACCOUNT_LOGIN_TIMEOUT = 60 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# "Keep me logged in" is asked, and unticked; otherwise the session ends with the browser.
ACCOUNT_SESSION_REMEMBER = None
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# The visitor's own IP, where one proxy stands before us; without it all would share the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(flag("BEHIND_PROXY"))
# By IP, in the cache, and generous: a whole hospital sits behind one. What is counted by account and address
# is in the database (members/accounts/guarding.py), so that it holds without the cache.
ACCOUNT_RATE_LIMITS = {
    "login": "1000/m/ip",
    "login_failed": "600/m/ip",
    "signup": "600/m/ip",
    "confirm_email": "600/m/ip",
    "request_login_code": "600/m/ip",
    "reset_password": "600/m/ip",
    "reset_password_from_key": "600/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "10/m/user",
    "manage_email": "10/m/user,30/d/user",
    "contact_author": "120/h/ip",
    "comment": "300/10m/ip",
    "report": "100/10m/ip",
}

# The second factor of the team (members/accounts/second_factor.py).
MFA_ADAPTER = "members.accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Codes of the half minute before and after are good, too: people type slowly, and clocks go wrong.
MFA_TOTP_TOLERANCE = 1

# ---- Comments -----------------------------------------------------------------------------

# Comments that wait are shown to Akismet where its key is set; the privacy page has to say so then.
AKISMET_KEY = env.str("AKISMET_KEY", default="")
AKISMET_URL = env.str("AKISMET_URL", default="https://rest.akismet.com/1.1/comment-check")

# ---- Sessions and security (all follow from SITE_URL) ---------------------------------------

IS_HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [
    urlsplit(SITE_URL).hostname or "",
    *(LOOPBACK_HOSTS if is_loopback(SITE_URL) else ()),
    *env.list("ALLOWED_HOSTS", default=[]),
]
SESSION_ENGINE = "qevent.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
# Browsers take a cookie of such a name from this very host alone, over https, for all of its paths.
COOKIE_PREFIX = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
MESSAGE_STORAGE = "qevent.sealed_messages.SealedStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "members.interrupted_forms.csrf.failed"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = ["^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
if flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# ---- Time and language --------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
#: Each by its own name. With a second one people choose, and are written to in theirs (docs/translating.md).
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
LANGUAGE_COOKIE_SECURE = IS_HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/London"
USE_TZ = True
FORMAT_MODULE_PATH = ["qevent.formats"]

# ---- Email --------------------------------------------------------------------------------

env.EMAIL_SCHEMES["sinkmail"] = "notifications.sink.EmailBackend"
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"events@{urlsplit(SITE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# ---- Files --------------------------------------------------------------------------------

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

# ---- Backups (docs/operations.md) ------------------------------------------------------------

#: For whom they are encrypted ("age1…"), the file with what opens them, and where they are put.
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", default="")
BACKUP_IDENTITY = env.str("BACKUP_IDENTITY", default="")
BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(BASE_DIR / ".local" / "backups")))

FORM_RENDERER = "common.form_rendering.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# ---- Logging: one line an event, no personal data -------------------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_secrets": {"()": "qevent.logs.WithoutSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]}
    },
    "root": {"handlers": ["console"], "level": choice("LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR"))},
}

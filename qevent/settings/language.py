"""Time and language."""

from qevent.settings.security import COOKIE_PREFIX, IS_HTTPS
from qevent.settings.site import BASE_DIR

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

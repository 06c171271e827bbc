"""Cookies, headers, sessions: all follow from SITE_URL."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from qevent.environment import LOOPBACK_HOSTS, flag, is_loopback
from qevent.settings.site import SITE_URL, env

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

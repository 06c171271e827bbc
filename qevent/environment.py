"""Readers of outside values that refuse nonsense with a sentence."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def site_url(value: str) -> str:
    """Return ``value`` without a trailing slash; plain http is accepted on loopback only.

    Raises ``ImproperlyConfigured`` for anything that is not an address of a site.
    """
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ImproperlyConfigured(f"SITE_URL must look like https://events.example.org, not {value!r}.")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"SITE_URL must be the root of a site, without a path: {value!r}.")
    if parts.scheme == "http" and not is_loopback(value):
        raise ImproperlyConfigured("SITE_URL may be plain http on localhost only; use https elsewhere.")
    return value.rstrip("/")


def is_loopback(url: str) -> bool:
    """Whether ``url`` names this very machine."""
    return urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1")


def redis_database(url: str, number: int) -> str:
    """Return the address of database ``number`` of the Redis (or Valkey) at ``url``."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        query = dict(parse_qsl(parts.query)) | {"db": str(number)}
        return f"unix://{parts.path}?{urlencode(query)}"
    return urlunsplit(parts._replace(path=f"/{number}"))


def celery_broker(url: str) -> str:
    """Return a Redis address in the form that Celery reads (it spells unix sockets its own way)."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    number = dict(parse_qsl(parts.query)).get("db", "0")
    return f"redis+socket://{parts.path}?virtual_host={number}"

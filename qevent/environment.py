"""Readers of outside values that refuse nonsense with a sentence."""

import os
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import environ
from django.core.exceptions import ImproperlyConfigured

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def site_url(value: str) -> str:
    """Return ``value`` without a trailing slash; plain http is accepted on loopback only.

    Raises ``ImproperlyConfigured`` for anything that is not an address of a site.
    """
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or not _has_valid_port(value):
        raise ImproperlyConfigured(f"SITE_URL must look like https://events.example.org, not {value!r}.")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"SITE_URL must be the root of a site, without a path: {value!r}.")
    if parts.scheme == "http" and not is_loopback(value):
        raise ImproperlyConfigured("SITE_URL may be plain http on localhost only; use https elsewhere.")
    return value.rstrip("/")


def _has_valid_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


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


def required(name: str, what: str) -> str:
    """Return the environment's value of ``name``; ``what`` it must be is said where it is missing."""
    if value := os.environ.get(name, "").strip():
        return value
    raise ImproperlyConfigured(
        f"{name} is not set: it must be {what}. (To try the site on this machine: make run.)"
    )


def several(name: str) -> list[str]:
    """Return the values of ``name``, between which stands white space; none where it is not set."""
    return os.environ.get(name, "").split()


def flag(name: str) -> bool:
    """Return whether ``name`` is switched on; it is off where it is not set."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("", "0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def choice(name: str, options: tuple[str, ...]) -> str:
    """Return the value of ``name``, one of ``options``; the first where it is not set."""
    value = os.environ.get(name, "").strip() or options[0]
    if value not in options:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(options)}, not {value!r}.")
    return value


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for the Postgres at ``url``; nothing else will do (docs/architecture.md).

    A folder of sockets, ``?host=/folder``, becomes ``HOST``, so that ``dbshell`` finds it too.
    """
    if urlsplit(url).scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured("DATABASE_URL must look like postgresql://user:password@host/database.")
    found: dict[str, Any] = environ.Env.db_url_config(url)
    found["HOST"] = found.get("OPTIONS", {}).pop("host", "") or found["HOST"]
    if not found["NAME"]:
        raise ImproperlyConfigured(
            "DATABASE_URL names no database: postgresql://user:password@host/database."
        )
    return found


def redis_url(url: str) -> str:
    """Return ``url``; raises ``ImproperlyConfigured`` where it is not one of Redis."""
    if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise ImproperlyConfigured(
            "REDIS_URL must look like redis://host:6379/0 or unix:///path/of/socket?db=0."
        )
    return url

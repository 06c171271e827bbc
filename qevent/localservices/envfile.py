"""``python -m qevent.localservices.envfile [--debug]`` writes ``.local/env``: development's settings.

It holds what ``make run`` was told last (PORT, DATABASE_URL, REDIS_URL, EMAIL_URL, DEMO, DEMO_DAY), so that
``manage.py`` in another terminal means the same site. The secret key and lines of one's own stay.
"""

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from qevent.localservices.paths import CHECKOUT, Home, home
from qevent.localservices.trouble import Trouble

FILE = CHECKOUT / ".local" / "env"
#: Where the demo's event may be put; "" leaves it where it is.
DAYS = ("", "before", "day", "after")


def values(
    asked: Mapping[str, str], before: Mapping[str, str], place: Home, *, debug: bool
) -> dict[str, str]:
    """Return the file's values: what was ``asked`` for in the environment, else the usual ones.

    Raises ``Trouble`` for a port or a day that is none.
    """
    port = asked.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise Trouble(f"PORT must be a number from 1 to 65535, not {port!r}.")
    day = asked.get("DEMO_DAY") or ""
    if day not in DAYS:
        raise Trouble(f"DEMO_DAY must be before, day or after, not {day!r}.")
    usual = {
        "SECRET_KEY": before.get("SECRET_KEY") or secrets.token_urlsafe(50),
        "SITE_URL": f"http://localhost:{port}",
        "DEBUG": "1" if debug else "0",
        "DEMO": asked.get("DEMO") or "1",
        "DEMO_DAY": day,
        "DATABASE_URL": asked.get("DATABASE_URL") or place.database_url,
        "REDIS_URL": asked.get("REDIS_URL") or place.redis_url,
        "EMAIL_URL": asked.get("EMAIL_URL") or "sinkmail://",
    }
    return dict(before) | usual


def read_env_file(file: Path) -> dict[str, str]:
    """Return the values of a file written by ``write``; empty where there is none."""
    if not file.exists():
        return {}
    pairs = (line.partition("=") for line in file.read_text().splitlines() if not line.startswith("#"))
    return {name: value.strip().strip("'") for name, found, value in pairs if found}


def write(file: Path, values: Mapping[str, str]) -> None:
    """Write ``values``, readable by their owner only."""
    file.parent.mkdir(exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    lines = ["# Written by make run and make dev. The environment wins over this file; your own lines stay."]
    fresh.write_text("\n".join([*lines, *(f"{name}='{value}'" for name, value in values.items()), ""]))
    fresh.replace(file)


def main(arguments: list[str]) -> str | None:
    """Write the file; returns a sentence where that cannot be done."""
    try:
        write(FILE, values(os.environ, read_env_file(FILE), home(), debug="--debug" in arguments))
    except Trouble as trouble:
        return str(trouble)
    except PermissionError as error:
        return f"{error.filename} belongs to another user: remove it, or run this as that user."
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

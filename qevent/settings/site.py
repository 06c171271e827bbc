"""What the site is: where its outside values come from, its secret, its address."""

import os
from pathlib import Path

import environ

from qevent.environment import choice, flag, is_loopback, required, several, site_url

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
env_file = Path(os.environ.get("ENV_FILE", BASE_DIR / ".local" / "env"))
if env_file.is_file():
    env.read_env(str(env_file))

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

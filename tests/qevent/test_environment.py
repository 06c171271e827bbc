import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from qevent import environment

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "SITE_URL": "https://events.example.org",
    "DATABASE_URL": "postgresql://qevent:secret@db.example.org/qevent",
    "REDIS_URL": "redis://redis.example.org:6379/0",
}


ASKED = "from django.conf import settings as s; print(s.DATABASES['default']['HOST'], s.DEBUG, s.DEMO)"
#: One interpreter for all environments: it knows Django when it divides itself, once for each of them.
INTERPRETER = f"""
import json, os, runpy, sys, tempfile
import csp.constants, django.core.management.commands.shell, environ
answers = []
for environment in json.load(sys.stdin):
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = os.fork()
        if not child:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            os.environ.clear()
            os.environ.update(environment)
            sys.argv = ["manage.py", "shell", "--no-imports", "--command", {ASKED!r}]
            runpy.run_path("manage.py", run_name="__main__")
            sys.exit()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        answers.append([code, *(file.seek(0) or file.read() for file in (out, err))])
print(json.dumps(answers))
"""
MISSING = [{name: ""} for name in ("SECRET_KEY", "SITE_URL", "DATABASE_URL", "REDIS_URL")]
NONSENSE = [
    {"SITE_URL": "http://events.example.org"},
    {"DEBUG": "perhaps"},
    {"DATABASE_URL": "sqlite:///db"},
    {"REDIS_URL": "amqp://host"},
    {"MEMBERSHIP_APPROVAL": "everyone"},
    {"LOG_LEVEL": "LOUD"},
]
DEMOS = [{"DEMO": "1"}, {"DEMO": "1", "SITE_URL": "http://localhost:8000"}]


@dataclass
class Answer:
    """What manage.py left when it was asked for some settings."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def answers() -> list[tuple[dict[str, str], Answer]]:
    """What manage.py answers in production's environment with each of these changes."""
    changes = [{}, *MISSING, *NONSENSE, *DEMOS]
    given = PRODUCTION | {"PATH": os.defpath, "DJANGO_SETTINGS_MODULE": "qevent.settings"}
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", INTERPRETER],
        cwd=CHECKOUT,
        env=given,
        input=json.dumps([given | one for one in changes]),
        capture_output=True,
        text=True,
        check=True,
    )
    return [(one, Answer(*answer)) for one, answer in zip(changes, json.loads(done.stdout), strict=True)]


@pytest.fixture
def settings_with(answers) -> Callable[..., object]:
    """Ask manage.py for some settings in production's environment with these changes."""
    return lambda **changes: next(answer for asked, answer in answers if asked == changes)


@pytest.mark.parametrize(
    "value", ["http://localhost:8000/", "http://127.0.0.1:8000", "https://a.example.org/"]
)
def test_the_address_of_the_site_is_taken_without_its_last_slash(value):
    assert environment.site_url(value) == value.rstrip("/")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "events.example.org",
        "ftp://events.example.org",
        "https://",
        "https://events.example.org/site",
        "https://events.example.org/?a=b",
        "http://events.example.org",
        "https://events.example.org:port",
        "https://events.example.org:99999",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        environment.site_url(value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://host:6379/0", "redis://host:6379/3"),
        ("rediss://:secret@host:6379", "rediss://:secret@host:6379/3"),
        ("unix:///run/valkey.sock?db=0", "unix:///run/valkey.sock?db=3"),
        ("unix:///run/valkey.sock", "unix:///run/valkey.sock?db=3"),
    ],
)
def test_a_database_of_redis_is_chosen_by_number(url, expected):
    assert environment.redis_database(url, 3) == expected


def test_celery_is_told_of_sockets_in_its_own_way():
    assert environment.celery_broker("redis://host:6379/0") == "redis://host:6379/0"
    assert environment.celery_broker("unix:///run/v?db=4") == "redis+socket:///run/v?virtual_host=4"


def test_a_folder_of_sockets_becomes_the_host_of_the_database():
    found = environment.database("postgresql://postgres@/app?host=/run/postgres")

    assert (found["HOST"], found["NAME"], found["USER"]) == ("/run/postgres", "app", "postgres")
    assert found["OPTIONS"] == {}


@pytest.mark.parametrize("url", ["sqlite:///file", "mysql://host/app", "nonsense", "postgresql://host/"])
def test_only_postgres_with_a_name_is_a_database(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        environment.database(url)


@pytest.mark.parametrize("url", ["memcached://host", "localhost:6379"])
def test_only_redis_is_a_broker(url):
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL"):
        environment.redis_url(url)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("true", True), ("On", True), ("", False), ("0", False), ("no", False)],
)
def test_a_flag_is_on_or_off(value, expected, monkeypatch):
    monkeypatch.setenv("DEMO", value)

    assert environment.flag("DEMO") is expected


def test_a_flag_that_is_neither_on_nor_off_is_refused(monkeypatch):
    monkeypatch.setenv("DEBUG", "maybe")

    with pytest.raises(ImproperlyConfigured, match="DEBUG must be 1 or 0, not 'maybe'"):
        environment.flag("DEBUG")


def test_a_choice_is_one_of_its_options_and_the_first_by_default(monkeypatch):
    monkeypatch.delenv("MEMBERSHIP_APPROVAL", raising=False)
    assert environment.choice("MEMBERSHIP_APPROVAL", ("list", "open")) == "list"

    monkeypatch.setenv("MEMBERSHIP_APPROVAL", "lists")
    with pytest.raises(ImproperlyConfigured, match="must be one of list, open, not 'lists'"):
        environment.choice("MEMBERSHIP_APPROVAL", ("list", "open"))


@pytest.mark.slow
def test_production_starts_with_its_four_values(settings_with):
    done = settings_with()

    assert (done.out.strip(), done.err) == ("db.example.org False False", "")


@pytest.mark.slow
@pytest.mark.parametrize("missing", MISSING, ids=lambda one: next(iter(one)))
def test_production_demands_what_it_cannot_do_without_in_one_sentence(settings_with, missing):
    done = settings_with(**missing)

    [name] = missing
    assert done.code == 1
    assert done.err.startswith(f"{name} is not set: it must be ")
    assert done.err.count("\n") == 1


@pytest.mark.slow
@pytest.mark.parametrize("nonsense", NONSENSE, ids=lambda one: next(iter(one)))
def test_settings_refuse_nonsense_in_one_sentence(settings_with, nonsense):
    done = settings_with(**nonsense)

    [name] = nonsense
    assert done.code == 1
    assert done.err.startswith(name)
    assert done.err.count("\n") == 1


@pytest.mark.slow
def test_the_demo_is_for_this_very_machine_only(settings_with):
    assert [settings_with(**one).out.split()[2] for one in DEMOS] == ["False", "True"]

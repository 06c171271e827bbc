"""Time zones come from the pinned package, whatever runs and however old the machine's files are."""

import subprocess
import sys
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import tzdata
from django.conf import settings

from blog.reading import lists
from common.times import known_time_zones
from qevent import pinned_zones, zonedata

#: British Columbia stays on summer time since 2026: the files of most machines do not know yet.
VANCOUVER_IN_WINTER = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


@pytest.fixture
def system_files() -> Iterator[None]:
    """A process in which something has turned to the system's files."""
    zoneinfo.reset_tzpath()
    yield
    pinned_zones.use_pinned()


def test_a_country_that_changed_its_rules_this_year_is_known() -> None:
    offset = VANCOUVER_IN_WINTER.astimezone(ZoneInfo("America/Vancouver")).utcoffset()

    assert offset == timedelta(hours=-7)


@pytest.mark.slow
@pytest.mark.parametrize("module", ["qevent.wsgi", "qevent.celery", "qevent.settings"])
def test_web_worker_and_commands_read_the_pinned_data(module: str) -> None:
    code = f"import {module}, zoneinfo; print(zoneinfo.TZPATH)"

    ran = subprocess.run(  # noqa: S603  # our own modules
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=settings.BASE_DIR
    )

    assert ran.stdout == "()\n"


def test_the_check_says_which_release_is_in_use() -> None:
    [said] = zonedata.say_release()

    assert (said.id, said.msg) == (
        "qevent.I001",
        f"Time zones are those of release {tzdata.IANA_VERSION}, from the pinned tzdata package.",
    )
    assert zonedata.check_source() == []


def test_the_check_warns_where_the_systems_files_are_read(system_files: None) -> None:
    assert [said.id for said in zonedata.check_source()] == ["qevent.W001"]
    assert zonedata.say_release() == []


def test_what_is_no_place_is_no_zone() -> None:
    assert {"localtime", "Factory"} & known_time_zones() == set()
    assert {"Europe/London", "UTC", "America/Vancouver"} <= known_time_zones()


@pytest.mark.django_db
def test_postgres_is_not_asked_for_zones(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2) as queries:  # type: ignore[operator]
        lists.options(VANCOUVER_IN_WINTER)

    zones = [query["sql"] for query in queries if "AT TIME ZONE" in query["sql"]]
    assert ["Europe" in sql for sql in zones] == [False]

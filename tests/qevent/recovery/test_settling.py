"""A state of the past is made fit for today: who is erased, what is left alone, which numbers come next."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError

from common.edit_conflicts import stamp
from members.models import Member, SiteSettings
from members.privacy import erased_list, erasure
from notifications.models import Message
from qevent.recovery import settling
from team.announcements import writing
from tests import letters, make
from tests.make import BY, NOW
from tests.qevent.recovery.conftest import said
from tests.team.announcements import announcing

pytestmark = pytest.mark.slow
DAY = timedelta(days=1)
#: What moves the moment at which a test plays.
Clock = Any


@pytest.fixture
def clock(own_site: str) -> Iterator[Clock]:
    with time_machine.travel(NOW, tick=False) as moment:
        yield moment


@pytest.fixture
def ada(clock: Clock) -> Member:
    """They have asked for their erasure; a file of somebody's lies there to be taken away."""
    ada = make.member("Ada")
    erasure.ask(ada, by=ada, at=NOW)
    storages["private"].save("exports/bo.zip", ContentFile(b"Bo"))
    letters.deliver(NOW)
    return ada


def files() -> dict[str, bytes]:
    """What lies in the folders of the erased and of what people take away."""
    roots = (Path(settings.ERASED_ROOT), Path(storages["private"].path("")))
    lying = (one for root in roots for one in root.rglob("*") if one.is_file() and one.name != "lock")
    return {str(one): one.read_bytes() for one in lying}


@pytest.mark.parametrize("check", [True, False])
def test_who_took_their_erasure_back_after_the_backup_is_not_erased(ada, backup, clock, check):
    file, before = backup(), files()
    clock.move_to(NOW + 5 * DAY)
    erasure.take_back(ada, by=ada, at=NOW + 5 * DAY)
    clock.move_to(NOW + 12 * DAY)

    said("restore", file, check=check)
    erasure.erase_due(at=NOW + 12 * DAY)

    ada.refresh_from_db()
    assert (ada.name, erasure.is_erased(ada)) == ("Ada", False)
    assert files() == before


def test_who_asked_before_the_backup_has_ten_days_from_the_restore(ada, backup, clock):
    file = backup()
    clock.move_to(NOW + 12 * DAY)
    answer = said("restore", file)

    numbers = [erasure.erase_due(at=NOW + days * DAY) for days in (21, 22)]

    assert "1 erasures that were asked for wait for ten days anew" in answer
    assert numbers == [0, 1]


@pytest.mark.parametrize("check", [True, False])
def test_who_was_erased_after_the_backup_is_erased_again_from_a_copy_of_the_list(ada, backup, clock, check):
    file = backup()
    erasure.erase(ada, by=BY, at=NOW + DAY)
    before = files()

    answer = said("restore", file, check=check)

    assert "Erased again: 1 accounts" in answer
    assert files() == before


def test_one_who_cannot_be_erased_again_is_named_and_keeps_nobody_else(ada, backup, clock):
    alone = make.member("Alex", is_superuser=True)
    file = backup()
    make.member("Bea", is_superuser=True)
    for one in (ada, alone):
        erasure.erase(one, by=BY, at=NOW + DAY)

    with pytest.raises(CommandError, match="not whole"):
        said("restore", file)
    answer = said("restore", file, despite_problems=True)

    assert (
        f"PROBLEM: Account {alone.pk} was erased, and is not erased again: This is the last account" in answer
    )
    assert "Erased again: 1 accounts" in answer
    with pytest.raises(CommandError, match="the last account"):
        said("erase_again")


def gone(root: Path) -> None:
    shutil.rmtree(root)


def without_its_key(root: Path) -> None:
    (root / erased_list.KEY).unlink()


def older(root: Path) -> None:
    (root / erased_list.LIST).write_text("")


@pytest.mark.parametrize(
    ("harm", "why"),
    [(gone, "has 0 lines, and had 1"), (without_its_key, "key is missing"), (older, "has 0 lines")],
)
def test_without_the_whole_list_of_the_erased_nothing_takes_the_sites_place(ada, backup, harm, why):
    erasure.erase(ada, by=BY, at=NOW)
    file = backup()
    harm(Path(settings.ERASED_ROOT))

    with pytest.raises(CommandError):
        said("restore", file)
    answer = said("restore", file, despite_problems=True)

    assert why in answer


def numbers() -> tuple[int, int, int]:
    """The next number of a small column, of a large one, and what is added to SEQUENCE."""
    member = make.member()
    return EmailAddress.objects.get(user=member).pk, member.pk, SiteSettings.load().first_sequence


def test_a_backup_that_is_restored_twice_gives_no_number_twice(ada, backup, clock):
    file = backup()
    given = []
    for minute in (1, 2, 3):
        clock.move_to(NOW + timedelta(minutes=minute))
        said("restore", file)
        given.append(numbers())

    steps = [tuple(b - a for a, b in zip(*two, strict=True)) for two in pairwise(given)]
    assert steps == [(60 * 2, 60 * 20, 60)] * 2


def test_an_announcement_that_went_out_when_the_backup_was_made_waits_for_a_person_to_its_last_email(
    ada, backup, clock
):
    tess = make.member("Tess", membership="ended")
    told, waits = announcing.draft(tess), announcing.draft(tess)
    announcing.send(told, tess)
    writing.schedule(waits, NOW + DAY, seen=stamp(waits), by=tess, at=NOW)
    file = backup()
    announcing.write()
    letters.deliver(NOW)
    clock.move_to(NOW + 2 * DAY)

    said("restore", file)

    assert announcing.write() == 0
    assert letters.deliver(NOW + 2 * DAY) == []
    keys = [f"announcement:{one.pk}:{ada.pk}" for one in (told, waits)]
    assert list(Message.objects.filter(key__in=keys).values_list("state", flat=True)) == ["maybe_sent"] * 2


def test_whatever_the_clock_does_is_done_or_left_out_by_name():
    tasks = sorted(str(one["task"]) for one in settings.CELERY_BEAT_SCHEDULE.values())

    assert tasks == sorted([*settling.CAUSES, *settling.LEFT_OUT])

"""A need that goes after it was arranged leaves what has to be stopped, without a word of theirs."""

from datetime import date, timedelta

import pytest

from events import access_needs, need_cases
from events import registration as registering
from events.models import AccessNeed, Event, NeedToStop, Registration
from members.models import Member
from members.privacy import erasure
from tests import make
from tests.make import BY, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
ARRANGED = [("arranged", ""), ("confirmed", ""), ("cannot", "A transcript")]


@pytest.fixture
def bo() -> Member:
    """One of the team."""
    return make.member("Bo")


@pytest.fixture
def ada() -> Registration:
    """Somebody who comes."""
    return make.registration(make.event(), make.member("Ada"))


def to_stop() -> list[tuple[str, int | None, int | None]]:
    return list(NeedToStop.objects.values_list("kind", "registration", "owner"))


@pytest.mark.parametrize(("state", "instead"), ARRANGED)
def test_what_was_arranged_and_is_taken_out_is_to_be_stopped(ada, bo, state, instead):
    make.need(ada, "sign-language", state=state, instead=instead, owner=bo)
    make.need(ada, "slides", owner=bo)  # only asked for

    access_needs.save(ada, by=ada.member, at=NOW)

    assert to_stop() == [("sign-language", ada.pk, bo.pk)]
    assert not AccessNeed.objects.exists()
    assert not Registration.objects.filter(access_needs__isnull=False).exists()


def test_nothing_of_their_own_words_stays(ada, bo):
    make.need(ada, "other", "A lip-speaker", state="arranged", owner=bo)

    access_needs.save(ada, by=ada.member, at=NOW)

    [row] = NeedToStop.objects.values()
    assert row["kind"] == "other"
    assert "lip" not in str(row)


def test_what_stays_arranged_is_not_to_be_stopped(ada):
    make.need(ada, "captions", state="arranged")
    make.need(ada, "slides", state="arranged")

    access_needs.save(ada, by=ada.member, at=NOW, kinds={"captions": False})

    assert [kind for kind, *_ in to_stop()] == ["slides"]
    assert AccessNeed.objects.get().state == "arranged"


@pytest.mark.parametrize(("state", "instead"), ARRANGED)
def test_who_cancels_leaves_what_was_arranged_to_be_stopped(ada, bo, state, instead):
    make.need(ada, "captions", state=state, instead=instead, owner=bo)
    make.need(ada, "slides")

    for _ in range(2):
        registering.cancel(ada, by=ada.member, at=NOW)

    assert to_stop() == [("captions", ada.pk, bo.pk)]


def test_of_who_is_erased_only_stays_that_there_was_one(ada, bo):
    make.need(ada, "captions", state="arranged", owner=bo)

    erasure.erase(ada.member, by=BY, at=NOW)

    assert to_stop() == [("captions", None, bo.pk)]


def test_two_who_are_erased_are_two(bo):
    event = make.event()
    for name in ("Ada", "Cy"):
        one = make.registration(event, make.member(name))
        make.need(one, "captions", state="arranged")
        erasure.erase(one.member, by=BY, at=NOW)

    assert to_stop() == [("captions", None, None)] * 2


def test_who_changes_the_words_of_what_was_arranged_is_new_again_with_the_day(ada, bo):
    case = make.need(ada, "other", "A chair", state="arranged", owner=bo)

    access_needs.save(ada, by=ada.member, at=NOW, needs="A chair with arms")
    access_needs.save(ada, by=ada.member, at=NOW + timedelta(hours=1), needs="A chair with arms, and a desk")

    case.refresh_from_db()
    assert (case.state, case.rearranged_at) == ("new", NOW + timedelta(hours=1))
    assert to_stop() == []


def test_what_is_only_asked_for_otherwise_was_never_arranged(ada):
    case = make.need(ada, "other", "A chair")

    access_needs.save(ada, by=ada.member, at=NOW, needs="A chair with arms")

    case.refresh_from_db()
    assert case.rearranged_at is None


def test_once_it_is_answered_anew_it_is_no_change_any_more(ada, bo):
    case = make.need(ada, "other", "A chair", state="new", rearranged_at=NOW)

    need_cases.arrange(case.pk, version=0, by=bo, at=NOW)

    case.refresh_from_db()
    assert case.rearranged_at is None


def test_what_was_changed_after_it_was_arranged_and_is_taken_out_is_to_be_stopped(ada):
    make.need(ada, "other", "A chair", state="new", rearranged_at=NOW)

    access_needs.save(ada, by=ada.member, at=NOW)

    assert [kind for kind, *_ in to_stop()] == ["other"]


def test_who_asks_for_it_again_before_it_was_stopped_has_nothing_stopped(ada):
    make.need(ada, "captions", state="arranged")
    access_needs.save(ada, by=ada.member, at=NOW)

    access_needs.save(ada, by=ada.member, at=NOW, kinds={"captions": False})

    assert to_stop() == []
    assert AccessNeed.objects.get().rearranged_at == NOW


def test_who_registers_again_without_it_leaves_it_to_be_stopped(ada):
    make.need(ada, "captions", state="arranged")
    make.need(ada, "slides", state="arranged")
    registering.cancel(ada, by=ada.member, at=NOW)

    registering.register(ada.event, ada.member, by=ada.member, at=NOW, kinds={"slides": False})

    assert [kind for kind, *_ in to_stop()] == ["captions"]
    assert AccessNeed.objects.get().rearranged_at == NOW


def test_nothing_is_stopped_of_an_event_that_is_over(ada):
    make.need(ada, "captions", state="confirmed")
    over = NOW.date() - timedelta(days=3)
    Event.objects.update(first_day=over, last_day=over)
    ada.event.refresh_from_db()

    access_needs.save(ada, by=ada.member, at=NOW)

    assert to_stop() == []


def test_it_goes_with_the_needs_thirty_days_after_the_event(ada):
    Event.objects.update(first_day=date(2026, 11, 10), last_day=date(2026, 11, 10))
    NeedToStop.objects.create(event=ada.event, registration=ada, kind="captions", withdrawn_at=NOW)
    days = [date(2026, 12, 10), date(2026, 12, 12)]

    left = []
    for day in days:
        access_needs.forget(at=NOW.replace(year=day.year, month=day.month, day=day.day))
        left.append(NeedToStop.objects.count())

    assert left == [1, 0]

"""An answer falls due: its readers are emailed once, in the morning of that day, without a word of it."""

from datetime import timedelta

import pytest
import time_machine

from concerns import due, handling, reporting
from concerns.models import Concern
from events.models import Event
from members.models import Member
from notifications.models import Message
from notifications.outbox import KINDS
from tests import make
from tests.concerns import reports
from tests.found import found
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def event() -> Event:
    return make.event()


@pytest.fixture
def readers(event: Event) -> list[Member]:
    """Rita and Sam."""
    return reports.named(event)


@pytest.fixture
def concern(event: Event, readers: list[Member]) -> Concern:
    """Told on Monday the 2nd: an answer is promised by the evening of Wednesday the 4th."""
    return reports.reported(event)


def morning(concern: Concern):
    return found(concern.answer_by) - due.AHEAD


def told():
    return list(
        Message.objects.filter(kind=due.DUE).values_list("member__name", flat=True).order_by("member")
    )


def test_both_readers_are_told_once_on_the_day_and_not_the_minute_before(concern):
    due.tell(at=morning(concern) - timedelta(minutes=1))
    before = told()
    for minutes in (0, 10, 600):
        due.tell(at=morning(concern) + timedelta(minutes=minutes))

    assert before == []
    assert told() == ["Rita", "Sam"]


def test_who_was_left_out_or_is_of_the_team_no_more_is_not_told(event, readers):
    rita, sam = readers
    Message.objects.all().delete()
    kept_from_sam = reports.reported(event, left_out=sam.pk)
    Member.objects.filter(pk=rita.pk).update(is_staff=False)

    due.tell(at=morning(kept_from_sam))

    assert told() == []


@pytest.mark.parametrize("fields", [{"wants": "nothing"}, {"is_suspected": True}])
def test_nobody_is_told_where_nothing_was_promised_or_a_program_wrote(event, readers, fields):
    reports.reported(event, **fields)

    due.tell(at=NOW + timedelta(days=3))

    assert told() == []


def test_what_was_answered_is_not_due_not_even_in_an_email_that_waits(concern, readers):
    due.tell(at=morning(concern))
    [message, _] = Message.objects.filter(kind=due.DUE)
    handling.answer(concern.pk, "We spoke with him.", seen=1, by=readers[0], at=morning(concern))

    due.tell(at=found(concern.answer_by))

    with time_machine.travel(morning(concern), tick=False):
        assert KINDS[due.DUE].render(message) is None
    assert len(told()) == 2


def test_more_words_move_the_day_and_that_one_is_told_of_too(concern):
    due.tell(at=morning(concern))
    [message, _] = Message.objects.filter(kind=due.DUE)
    after = reporting.write_more(concern, "Again.", at=morning(concern))

    with time_machine.travel(morning(concern), tick=False):
        moved = KINDS[due.DUE].render(message)
    due.tell(at=morning(after))

    assert moved is None
    assert told() == ["Rita", "Rita", "Sam", "Sam"]


def test_the_email_says_not_a_word_of_it_and_leads_to_it(concern):
    due.tell(at=morning(concern))

    with time_machine.travel(morning(concern), tick=False):
        letter = found(KINDS[due.DUE].render(Message.objects.filter(kind=due.DUE)[0]))

    assert f"/{concern.address}/" in letter.text
    assert "shouted" not in f"{letter.text} {letter.html} {letter.subject}"


def test_what_fell_due_long_ago_is_left_to_the_front_page(concern):
    due.tell(at=found(concern.answer_by) + due.LATEST)

    assert told() == []

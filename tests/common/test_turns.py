"""One thread of a process works at a time; who needs no Python lets others go first."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.db import transaction

from common import turns


@contextmanager
def another() -> Iterator[threading.Event]:
    """Another thread that wants a turn; the event is set when it has had one."""
    has_begun, has_had_one = threading.Event(), threading.Event()

    def want() -> None:
        has_begun.set()
        with turns.taken():
            has_had_one.set()

    thread = threading.Thread(target=want)
    thread.start()
    has_begun.wait()
    yield has_had_one
    thread.join()


def test_who_has_a_turn_has_it_alone():
    with ExitStack() as until_then, turns.taken():
        had_one = until_then.enter_context(another())
        came_between = had_one.wait(0.05)

    assert not came_between
    assert had_one.is_set()


def test_who_needs_no_python_lets_others_go_first_and_then_goes_on():
    with turns.taken(), another() as had_one:
        with turns.others_go_first():
            assert had_one.wait(60)

        assert turns._turn.locked()
    assert not turns._turn.locked()


@pytest.mark.django_db(transaction=True)
def test_nobody_goes_first_while_a_transaction_is_open_for_whose_rows_they_might_wait():
    with turns.taken(), transaction.atomic(), turns.others_go_first():
        assert turns._turn.locked()


def test_without_a_turn_there_is_none_to_give():
    with turns.others_go_first():
        assert not turns._turn.locked()

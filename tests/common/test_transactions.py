"""Short transactions: tried again where Postgres asks for it, and what follows them."""

import psycopg2.errors
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from common.transactions import TRIES, after_commit, retried, sqlstate, violates
from events.models import Event, EventPlaces
from tests import make
from tests.races.together import together


def failing(times, error="deadlock_detected"):
    """An act that Postgres refuses so many times before it succeeds; counts its tries."""
    tries = []

    @retried
    def act():
        tries.append(connection.in_atomic_block)
        if len(tries) <= times:
            with connection.cursor() as cursor:
                cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{error}'; END $$")
        return len(tries)

    return act, tries


@pytest.mark.parametrize("error", ["serialization_failure", "deadlock_detected", "lock_not_available"])
@pytest.mark.django_db(transaction=True)
def test_what_gave_way_to_another_transaction_is_tried_again(error):
    act, tries = failing(2, error)

    assert (act(), tries) == (3, [True, True, True])


@pytest.mark.django_db(transaction=True)
def test_it_gives_up_after_a_bounded_number_of_times():
    act, tries = failing(99)

    with pytest.raises(DatabaseError) as error:
        act()

    assert (sqlstate(error.value), len(tries)) == ("40P01", TRIES)


@pytest.mark.django_db(transaction=True)
def test_any_other_error_is_not_tried_again():
    act, tries = failing(1, "division_by_zero")

    with pytest.raises(DatabaseError):
        act()

    assert len(tries) == 1


@pytest.mark.django_db(transaction=True)
def test_inside_an_open_transaction_only_the_outermost_could_be_tried_again():
    act, tries = failing(1)

    with pytest.raises(DatabaseError), transaction.atomic():
        act()

    assert len(tries) == 1


@pytest.mark.django_db(transaction=True)
def test_a_try_that_failed_leaves_nothing_behind():
    tries = []

    @retried
    def act():
        tries.append(make.event().pk)
        if len(tries) == 1:
            with connection.cursor() as cursor:
                cursor.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'deadlock_detected'; END $$")

    act()

    assert list(Event.objects.values_list("pk", flat=True)) == tries[1:]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_real_deadlock_reaches_nobody():
    one, other = make.event().pk, make.event().pk

    @retried
    def raise_both(*pks):
        for pk in pks:
            EventPlaces.objects.select_for_update().get(pk=pk)
            EventPlaces.objects.filter(pk=pk).update(ticket=EventPlaces.objects.get(pk=pk).ticket + 1)

    together(*[lambda: raise_both(one, other), lambda: raise_both(other, one)] * 3)

    assert set(EventPlaces.objects.values_list("ticket", flat=True)) == {6}


@pytest.mark.django_db(transaction=True)
def test_what_follows_the_commit_is_done_now_or_after_the_transaction_that_is_open():
    done = []

    after_commit(lambda: done.append("now"))
    with transaction.atomic():
        after_commit(lambda: done.append("later"))
        done.append("inside")

    assert done == ["now", "inside", "later"]


@pytest.mark.django_db(transaction=True)
def test_what_follows_is_not_done_when_the_transaction_is_undone():
    done = []

    with transaction.atomic():
        after_commit(lambda: done.append("never"))
        transaction.set_rollback(True)

    assert done == []


@pytest.mark.django_db
def test_in_a_test_that_commits_nothing_it_is_done_now():
    done = []

    after_commit(lambda: done.append("now"))

    assert done == ["now"]


@pytest.mark.django_db
def test_the_constraint_that_refused_is_known_by_its_name():
    event = make.event()

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        EventPlaces.objects.filter(event=event).update(held=3)

    assert violates(error.value, "eventplaces_holds_places_only_for_a_line")
    assert not violates(error.value, "another")
    assert isinstance(error.value.__cause__, psycopg2.errors.CheckViolation)
    assert sqlstate(ValueError()) == ""

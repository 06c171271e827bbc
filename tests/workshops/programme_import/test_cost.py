"""What an import costs: the same number of queries, however many its rows."""

import pytest

from events.models import Session
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.programme_import.programmes import CLINIC, counts, file, load, plan
from workshops.programme_import.importing import import_programme

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_planning_and_importing_take_as_many_queries_for_three_hundred_rows_as_for_three(
    django_assert_num_queries,
):
    event = make.event()
    few = [f"{CLINIC.replace('Clinic', f'Clinic {n}').replace('Bo; Cy', f'Host {n}')}" for n in range(3)]
    many = [row.replace("Clinic", "Other").replace("R1", f"Room {n}") for n, row in enumerate(few * 100)]
    many = [row.replace("Other", f"Other {n}") for n, row in enumerate(many)]

    # The first import of an event has no sessions and places to lock.
    for rows, queries in ((few, 25), (many, 27)):
        looked = plan(event, *rows)
        with django_assert_num_queries(queries):
            import_programme(event, file(*rows), "p.csv", looked.fingerprint, by=BY, at=NOW)
    with django_assert_num_queries(8):
        again = plan(event, *few, *many)

    assert counts(again) == (0, 0, 303, 0)


@pytest.mark.slow
def test_moving_three_hundred_sessions_of_which_nobody_is_told_takes_as_many_queries_as_moving_three(
    django_assert_num_queries,
):
    event = make.event()
    few = [CLINIC.replace("Clinic", f"Clinic {n}").replace("R1", f"R{n}") for n in range(3)]
    many = [CLINIC.replace("Clinic", f"Other {n}").replace("R1", f"Room {n}") for n in range(300)]
    load(event, *few, *many)

    for rows in (few, many):
        later = [row.replace("T10:", "T14:").replace("T11:", "T15:") for row in rows]
        looked = plan(event, *later)
        with django_assert_num_queries(31):
            import_programme(event, file(*later), "p.csv", looked.fingerprint, by=BY, at=NOW)

    sessions = Session.objects.select_related("workshop")
    assert {
        (found(one.starts_at).hour, one.workshop.during.lower.hour, one.sequence) for one in sessions
    } == {(14, 14, 1)}

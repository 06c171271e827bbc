"""Everything that can be done to places, by four processes at once: all rules hold, none meets an error."""

from collections import Counter

import pytest

from tests import make
from tests.make import NOW
from tests.races.together import processes_together
from workshops.places import waiting_list
from workshops.programme import cancelling

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.usefixtures("rules_hold")]

#: Acts that each process must have done at least once in the long form.
DONE = {"book", "cancel", "swap", "decide", "move", "move_up", "set_capacity", "cancel_session", "bring_back"}


def four_processes(acts: int) -> Counter[str]:
    """Let four processes do so many acts each at six sessions with twelve people; return what was done."""
    event = make.event()
    people = [one.member_id for one in make.crowd(event, 12)]
    sessions = [make.workshop(event, capacity=2, hour=10 + number / 2).pk for number in range(6)]
    done: Counter[str] = Counter()
    for one in processes_together(
        *(
            ("everything", {"seed": seed, "acts": acts, "people": people, "sessions": sessions})
            for seed in range(4)
        )
    ):
        done.update(one)
    cancelling.settle(at=NOW)
    waiting_list.sweep(at=NOW)
    return done


def test_four_processes_do_everything_at_once():
    assert four_processes(60).total() > 60


@pytest.mark.full
def test_four_processes_do_everything_at_once_for_a_minute():
    done = four_processes(1_500)

    assert set(done) >= DONE
    assert done.total() > 1_500

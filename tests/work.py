"""How much work something is: in the processor's time, measured in that of a fixed piece of work.

Seconds say as much about the machine as about the code. A unit is what this very process takes here and now
for a loop of a million steps, so that a bound on units holds on a slow machine and on one that is busy.
"""

import time
from collections.abc import Callable


def units(act: Callable[[], object]) -> float:
    """Return how many units ``act`` takes. A text that takes a hundredfold is told apart; a tenth is not."""
    before = _taken(_a_unit)
    taken = _taken(act)
    return taken / max(before, _taken(_a_unit))


def _a_unit() -> int:
    total = 0
    for number in range(1_000_000):
        total += number & 3
    return total


def _taken(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began

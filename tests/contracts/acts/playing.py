"""How each act of the trail is played: what is arranged, who then does it to what, and whom it concerns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from audit.actors import SITE, By
from audit.acts import Act


@dataclass(frozen=True)
class Played:
    """What ``do`` does, and what the trail must then say: who, to ``thing`` (asked afterwards), for whom."""

    do: Callable[[], Any]
    thing: Callable[[], Model]
    by: By = SITE
    concerns: int | None = None


#: Act → what arranges it.
PLAYS: dict[Act, Callable[[], Played]] = {}
#: The rules that are played.
RULES: set[Callable[..., Any]] = set()


def plays(act: Act, *rules: Callable[..., Any]) -> Callable[[Callable[[], Played]], Callable[[], Played]]:
    """Say that a function arranges ``act``, which the rules do."""

    def named(arrange: Callable[[], Played]) -> Callable[[], Played]:
        assert act not in PLAYS, f"{act} is played twice"
        PLAYS[act] = arrange
        RULES.update(rules)
        return arrange

    return named

"""What a slow line sends keeps nobody waiting but its sender."""

from common import turns
from qevent.wsgi import Sent
from tests.common.test_turns import another


class SlowLine:
    """Gives its bytes once somebody else has had a turn."""

    def __init__(self, had_one):
        self.had_one = had_one

    def read(self, size=-1):
        return b"all"[:size] if self.had_one.wait(60) else b""

    readline = read


def test_others_are_answered_while_somebody_sends_slowly():
    for part in ("read", "readline"):
        with turns.taken(), another() as had_one:
            assert getattr(Sent(SlowLine(had_one)), part)(2) == b"al"
            assert turns._turn.locked()

"""Expected noes about one person: said to them on their own page, and of them to the team."""


class Refusal(Exception):
    """An expected no. ``str()`` is the sentence for the person; ``of`` is the same for somebody else."""

    def __init__(self, says: str, of: str = "") -> None:
        """``of`` has ``{name}`` where the person is named; without it ``says`` names nobody."""
        super().__init__(says)
        self._of = of or says

    def of(self, name: str) -> str:
        """Return the sentence about the person called ``name``."""
        return self._of.replace("{name}", name)

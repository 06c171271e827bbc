"""What a figure's table says, as plain values."""

from team.report.figures import Cell, Figure
from tests.found import found


def rows(figure: Figure) -> list[tuple[str, list[Cell]]]:
    """The rows: the name of each, and its cells."""
    return [(row.name, list(row.cells)) for row in found(figure.table).rows]

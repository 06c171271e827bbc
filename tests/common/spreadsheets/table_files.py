"""Files with a table, read or refused."""

import io
from typing import Any

import pytest

from common.spreadsheets.tables import Table, TableRefused, read_table

COLUMNS = {"email": True, "name": False, "starts_at": False}


def read(content: bytes | str, filename: str = "list.csv", **options: Any) -> Table:
    data = content.encode() if isinstance(content, str) else content
    return read_table(io.BytesIO(data), filename, COLUMNS, **options)


def refusal(content: bytes | str, filename: str = "list.csv", **options: Any) -> list[str]:
    with pytest.raises(TableRefused) as refused:
        read(content, filename, **options)
    return [str(problem) for problem in refused.value.problems]

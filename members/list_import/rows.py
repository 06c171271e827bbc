"""What one row of a list says by itself: whose address it is, and what is wrong with it."""

from collections.abc import Iterator
from email.utils import parseaddr
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from common.names import validate_name
from common.spreadsheets.tables import TableProblem, TableRow
from members.list_import.person_names import NOBODY, written_name

LIMITS: Final = {"email": 254, "name": 150, "organisation": 200, "role": 200}
#: A name of 150 characters and an address of 254, with what stands around them.
_MAX_ADDRESS_CHARS: Final = 500


def address_of(row: TableRow) -> tuple[str, str]:
    """Return name and address of a row: "Ada Bright <ada@example.org>" has both (RFC 5322)."""
    text = row["email"] if row["email"].casefold() not in NOBODY else ""
    text = (text or row["other_email"]).removeprefix("mailto:")
    is_both = "<" in text and len(text) <= _MAX_ADDRESS_CHARS
    name, address = parseaddr(text) if is_both else ("", text)
    return " ".join(name.split()), address.strip().lower()


def problems_of(row: TableRow, beside: str, address: str) -> Iterator[TableProblem]:
    """Yield why a row is left out; ``beside``: the name that stands with its address."""
    written = row["email"] or row["other_email"]
    if not address:
        message = (
            "There is no email address." if not written else f'"{written[:100]}" is not an email address.'
        )
        yield TableProblem(row.number, "email", message)
        return
    name = written_name(row, beside)
    texts = {"email": address, "name": name, "organisation": row["organisation"], "role": row["role"]}
    for column, limit in LIMITS.items():
        if len(texts[column]) > limit:
            yield TableProblem(row.number, column, f"This is longer than {limit} characters.")
    try:
        validate_email(address)
    except ValidationError:
        yield TableProblem(row.number, "email", f'"{written[:100]}" is not an email address.')
    try:
        validate_name(name or "-")
    except ValidationError as error:
        yield TableProblem(row.number, "name", error.messages[0])

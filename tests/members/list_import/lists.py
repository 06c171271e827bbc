"""The community's list: as a file, and as it is kept."""

import io

from members.list_import.reading import Upload, read_entries
from members.models import ListedAddress

HEADINGS = "email,name,organisation,role,region\n"


def read(text: str) -> Upload:
    return read_entries(io.BytesIO(text.encode()), "list.csv")


def listed() -> list[tuple[str, ...]]:
    rows = ListedAddress.objects.order_by("email")
    return list(rows.values_list("email", "name", "organisation", "role", "region"))

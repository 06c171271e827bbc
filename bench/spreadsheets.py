"""What the largest spreadsheets that may come in cost: ``python -m bench.spreadsheets``.

Each file goes to the edge of one bound of the reader (``common.spreadsheets.grids``,
``common.spreadsheets.xml_parts``), or just beyond it, and is read in a process of its own: seconds of
processor time, megabytes above an idle one, and what came of it. The bound that must hold is 2 s and 150 MB.
The files are made here and stay in memory.
"""

import io
import multiprocessing
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

from common.spreadsheets.tables import TableRefused, read_table
from tests.common.spreadsheets.workbook_files import data, ods, ods_row, ods_table, row, xlsx

COLUMNS = {"title": False, "email": False}


def _words(count: int, length: int) -> list[str]:
    chance = random.Random(1)  # noqa: S311  # the same file each time
    return ["".join(chance.choices("abcdefghij ", k=length)) for _ in range(count)]


def _full_sheet() -> bytes:
    words = _words(20_000 * 14, 8)
    rows = [row(n + 2, *words[n * 14 : n * 14 + 14]) for n in range(20_000)]
    return xlsx(data(row(1, "title"), *rows))


def _formatted_rows() -> bytes:
    return xlsx(
        data(row(1, "title"), *(row(n, *['<c s="1"/>'] * 8) for n in range(2, 60_000))), formats=("0",)
    )


def _many_styles() -> bytes:
    return xlsx(
        data(row(1, "title"), row(2, "x")), formats=tuple(f"dd/mm/yyyy hh:mm{n}" for n in range(100_000))
    )


def _shared_strings() -> bytes:
    strings = "".join(f"<si><t>{word}</t></si>" for word in _words(290_000, 12))
    return xlsx(data(row(1, "title"), row(2, "x")), strings=strings)


def _attributes() -> bytes:
    tag = "<row " + " ".join(f'a{n}=""' for n in range(20_000)) + "/>"
    return xlsx(data(row(1, "title"), *[tag] * 100))


def _repeated_rows() -> bytes:
    cells = "<table:table-cell table:number-columns-repeated='3'><text:p>x</text:p></table:table-cell>"
    return ods(ods_table("A", ods_row("title"), ods_row(cells, more='table:number-rows-repeated="99998"')))


def _paragraphs() -> bytes:
    return ods(ods_table("A", ods_row("title"), ods_row("<text:s/>" * 1_490_000)))


def _headings_over_nothing() -> bytes:
    return (",".join(f"h{n}" for n in range(255)) + ",title\n" + "x\n" * 99_000).encode()


def _separators() -> bytes:
    return ("title\n" + ",".join(_words(400_000, 8))).encode()


def _quoted_separators() -> bytes:
    return ("title\n" + '"\n",' * 900_000).encode()


def _wide_letters() -> bytes:
    return ("title;email\n" + "\n".join(f"{'日本語😀' * 10};{n}@x" for n in range(19_000))).encode()


FILES: list[Callable[[], bytes]] = [
    _full_sheet, _formatted_rows, _many_styles, _shared_strings, _attributes, _repeated_rows, _paragraphs,
    _headings_over_nothing, _separators, _quoted_separators, _wide_letters,
]  # fmt: skip


def _memory(line: str) -> float:
    """Return what the kernel says of this process, in MB: VmRSS now, VmHWM at most."""
    found = re.search(rf"{line}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0


def _measure(content: bytes) -> None:
    idle = _memory("VmRSS")
    begun = time.process_time()
    try:
        told = f"read, {len(read_table(io.BytesIO(content), 'x', COLUMNS)):,} rows"
    except TableRefused as refusal:
        told = str(refusal).partition("\n")[0][:60]
    seconds = time.process_time() - begun
    above = _memory("VmHWM") - idle
    print(f"{seconds:6.2f} s {above:6.0f} MB  {told}")


def _in_a_process_of_its_own(content: bytes) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(content,))
    process.start()
    process.join()


if __name__ == "__main__":
    for make in FILES:
        made = make()
        print(f"{make.__name__.strip('_'):20} {len(made) / 1e6:5.1f} MB ", end="", flush=True)
        _in_a_process_of_its_own(made)

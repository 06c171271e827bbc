"""What a number in a workbook is shown as: a day, a time, both, a length of time, or a number.

A spreadsheet keeps moments as days since an epoch and times as parts of a day (ECMA-376, 18.17.4), often
cut to a few decimals by the program that wrote them: 46365.39583 is 09:30, not 09:29:59. So a moment is
rounded to the second, and to the minute where the decimals that were kept allow for it.
"""

import re
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import Final

#: Day nought of the two calendars; the first hides that 1900 is taken for a leap year.
EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001  # a spreadsheet knows no zones
EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
#: The last day that a workbook can hold, 31 December 9999.
LAST_DAY: Final = 2_958_465
_DAY: Final = 86_400
#: Excel's own limit of a format's length; longer ones are not looked at.
_MAX_FORMAT_CHARS: Final = 255


class Shown(Enum):
    """How a format shows a number."""

    NUMBER = "number"
    MONEY = "two decimals"
    DAY = "day"
    TIME = "time"
    MOMENT = "moment"
    LENGTH = "length"


#: The formats that a workbook need not define (ECMA-376, 18.8.30), those of moments among them.
BUILT_IN: Final = (
    {2: Shown.MONEY, 4: Shown.MONEY, 22: Shown.MOMENT, 46: Shown.LENGTH}
    | dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 55), 57, 58), Shown.DAY)
    | dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), Shown.TIME)
)


@lru_cache(maxsize=512)
def shown_by(code: str) -> Shown:
    """Return how a format code shows a number: "dd/mm/yyyy hh:mm" as a moment."""
    if len(code) > _MAX_FORMAT_CHARS:
        return Shown.NUMBER
    code = code.split(";")[0].casefold()
    if re.search(r"\[(h+|m+|s+)\]", code):
        return Shown.LENGTH
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.|general|standard', "", code)
    has_day = re.search(r"[dy]|mmm", bare) is not None
    has_time = re.search(r"[hs]", bare) is not None
    if has_day and has_time:
        return Shown.MOMENT
    if has_day or has_time:
        return Shown.DAY if has_day else Shown.TIME
    return Shown.MONEY if bare in ("0.00", "#,##0.00") else Shown.NUMBER


def text_of(number: str, shown: Shown, epoch: datetime = EPOCH) -> str:
    """Return a stored number as text: moments in ISO 8601, whole numbers without ".0"."""
    value = float(number)
    if shown is Shown.MONEY:
        return f"{value:.2f}".removesuffix(".00")
    if shown is Shown.NUMBER or not 0 <= value <= LAST_DAY:
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    seconds = rounded_seconds(number)
    if shown is Shown.LENGTH:
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    moment = epoch + timedelta(seconds=seconds)
    if seconds < _DAY and shown in (Shown.TIME, Shown.MOMENT):
        return moment.time().isoformat()
    if shown is Shown.DAY and seconds % _DAY == 0:
        return moment.date().isoformat()
    return moment.isoformat()


def rounded_seconds(number: str) -> int:
    """Return a number of days in seconds, rounded to the minute where its decimals allow for that."""
    seconds = float(number) * _DAY
    decimals = len(number.partition(".")[2]) if re.fullmatch(r"\d*\.\d+", number) else 0
    minute = round(seconds / 60) * 60
    if decimals >= 4 and abs(seconds - minute) <= _DAY / 2 / 10**decimals:
        return minute
    return round(seconds)

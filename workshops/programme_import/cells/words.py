"""Days and times in words, put into the figures and English names that the other readers know.

Welsh and Irish months (with their mutations and genitives), weekdays and halves of the day; "half past nine",
"quarter to ten", "9 o'clock". Whatever is none of these is returned as it was.
"""

import re
import unicodedata
from typing import Final

_MONTHS: Final = {
    "January": "ionawr eanair", "February": "chwefror feabhra", "March": "mawrth fawrth marta",
    "April": "ebrill aibrean aibreain", "May": "mai fai bealtaine",
    "June": "mehefin fehefin meitheamh meithimh",
    "July": "gorffennaf orffennaf iuil", "August": "awst lunasa",
    "September": "medi fedi mean_fomhair mhean_fomhair",
    "October": "hydref deireadh_fomhair dheireadh_fomhair", "November": "tachwedd dachwedd samhain samhna",
    "December": "rhagfyr ragfyr nollaig nollag",
}  # fmt: skip
_WEEKDAYS: Final = {
    "Monday": "llun luain", "Tuesday": "mawrth mairt", "Wednesday": "mercher ceadaoin",
    "Thursday": "iau deardaoin", "Friday": "gwener haoine", "Saturday": "sadwrn sathairn",
    "Sunday": "sul domhnaigh",
}  # fmt: skip


def _names(known: dict[str, str]) -> dict[str, str]:
    return {word.replace("_", " "): name for name, words in known.items() for word in words.split()}


_MONTH_OF: Final = _names(_MONTHS)
_WEEKDAY_OF: Final = _names(_WEEKDAYS)
_MONTH: Final = re.compile(rf"\b(?:o |mis |mi na |mi an |mi )?({'|'.join(_MONTH_OF)})\b")
_WEEKDAY: Final = re.compile(rf"\b(?:dydd |nos |de )({'|'.join(_WEEKDAY_OF)})\b")
#: Names of weekdays that are nothing else: "Mawrth" alone is March, or Tuesday.
_BARE: Final = re.compile(r"\b(llun|mercher|iau|gwener|sadwrn|sul|deardaoin)\b")
_ORDINAL: Final = re.compile(r"\b(\d\d?)(?:af|il|ydd|fed|ed|eg|ain|u)\b")
_MARKS: Final = ((re.compile(r"(?<=\d)\s*(?:yb|y bore|r\.?n\.?)$"), "am"),
                 (re.compile(r"(?<=\d)\s*(?:yp|yh|y prynhawn|yr hwyr|i\.?n\.?)$"), "pm"))  # fmt: skip
_NAMED: Final = {"canol dydd": "noon", "hanner nos": "midnight", "mean lae": "noon", "mean oiche": "midnight"}
_NUMBERS: Final = "one two three four five six seven eight nine ten eleven twelve"
_HOURS: Final = {word: hour for hour, word in enumerate(_NUMBERS.split(), start=1)}
_PAST: Final = {"quarter": 15, "half": 30, "five": 5, "ten": 10, "twenty": 20, "twenty five": 25}
_HOUR: Final = rf"({'|'.join(_HOURS)}|1[0-2]|[1-9])"
_SPOKEN: Final = re.compile(
    rf"(?:a )?({'|'.join(sorted(_PAST, reverse=True))}) (past|to) {_HOUR}(?: o'? ?clock)?"
)
_O_CLOCK: Final = re.compile(rf"{_HOUR} ?o'? ?clock")


def in_figures(text: str) -> str:
    """Return a cell with its words for days and times as others are read."""
    if not re.search(r"[^\W\d_]", text):
        return text
    plain = _plain(text)
    if plain in _NAMED:
        return _NAMED[plain]
    spoken = _SPOKEN.sub(_clock, plain)
    spoken = _O_CLOCK.sub(lambda match: f"{_hour(match[1])}:00", spoken)
    day = _WEEKDAY.sub(lambda match: _WEEKDAY_OF[match[1]], spoken)
    day = _BARE.sub(lambda match: _WEEKDAY_OF[match[1]], day)
    if re.search(r"\d", day):
        day = _MONTH.sub(lambda match: _MONTH_OF[match[1]], day)
    if day != spoken:
        day = _ORDINAL.sub(r"\1", day)
    for pattern, mark in _MARKS:
        day = pattern.sub(mark, day)
    return day if day != plain else text


def _plain(text: str) -> str:
    """Return the text in small letters without accents, its apostrophes straight."""
    folded = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'").replace("-", "-")
    return " ".join("".join(sign for sign in folded if not unicodedata.combining(sign)).split())


def _clock(match: re.Match[str]) -> str:
    hour, minutes = _hour(match[3]), _PAST[match[1]]
    if match[2] == "past":
        return f"{hour}:{minutes:02}"
    return f"{(hour - 2) % 12 + 1}:{60 - minutes:02}"


def _hour(text: str) -> int:
    return _HOURS[text] if text in _HOURS else int(text)

"""Names of nations and regions as spreadsheets have them, and the choice that each means."""

from typing import Final

from members.models import Member

Region = Member.Region

_OTHER_NAMES: Final = {
    "north east": Region.NORTH_EAST,
    "yorkshire": Region.NORTH_EAST,
    "yorkshire and the humber": Region.NORTH_EAST,
    "yorkshire and humber": Region.NORTH_EAST,
    "east midlands": Region.MIDLANDS,
    "west midlands": Region.MIDLANDS,
    "the midlands": Region.MIDLANDS,
    "east of england": Region.EAST,
    "east anglia": Region.EAST,
    "greater london": Region.LONDON,
    "cymru": Region.WALES,
    "alba": Region.SCOTLAND,
    "ni": Region.NORTHERN_IRELAND,
    "n. ireland": Region.NORTHERN_IRELAND,
    "n ireland": Region.NORTHERN_IRELAND,
    "northern ire": Region.NORTHERN_IRELAND,
    "republic of ireland": Region.IRELAND,
    "roi": Region.IRELAND,
    "eire": Region.IRELAND,
    "éire": Region.IRELAND,
    "other": Region.ELSEWHERE,
    "elsewhere": Region.ELSEWHERE,
}


def _names() -> dict[str, str]:
    names = {_plain(name): str(region) for name, region in _OTHER_NAMES.items()}
    for value, label in ((value, str(label)) for value, label in Region.choices):
        names |= {_plain(value): value, _plain(label): value, _plain(label.rpartition(": ")[2]): value}
    return names


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").replace("&", " and ").replace(":", " ").split())


_NAMES: Final = _names()


def region_of(words: str) -> str:
    """Return the value of ``Member.Region`` that the words name in any case, "" where none is."""
    return _NAMES.get(_plain(words), "")

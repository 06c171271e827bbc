"""Reading the parts of a zipped workbook as a stream of elements, within bounds.

XLSX (ECMA-376) and ODS (OASIS OpenDocument 1.3) are zip archives of XML. The directory of the archive is
counted before it is read, a part is unpacked piece by piece, and each piece is counted before it is parsed:
its bytes, its marks ("<", "/>" and "=", which bound elements and attributes) and the length of a single tag.
Document types are refused, so there are no entities of a file's own.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final, Protocol
from xml.parsers import expat

from common.spreadsheets.grids import TOO_LARGE, refused

MAX_PARTS: Final = 2_000
MAX_UNPACKED: Final = 48 * 1024 * 1024
MAX_MARKS: Final = 3_000_000
#: The longest stretch without the end of a tag; a cell of Excel has 32,767 characters at most.
MAX_STRETCH: Final = 256 * 1024
_PIECE: Final = 64 * 1024
_ENTRY: Final = b"PK\x01\x02"
#: What a part makes a reader stumble over: no XML, no zip, another compression, a password, a wrong number.
_BROKEN: Final = (
    expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, IndexError, OverflowError,
    NotImplementedError, RuntimeError, OSError,
)  # fmt: skip


class Unreadable(Exception):
    """The archive or a part of it is not what it should be."""


class Elements(Protocol):
    """What reads the elements of a part; names come without their prefix, attributes with it."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""

    def end(self, name: str) -> None:
        """End an element."""

    def text(self, words: str) -> None:
        """Take a piece of text."""


class Archive:
    """A zipped workbook whose parts are read once each, all within one allowance."""

    def __init__(self, content: bytes) -> None:
        if content.count(_ENTRY) > MAX_PARTS:
            raise refused(TOO_LARGE)
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Unreadable from error
        self.names = {info.filename: info for info in self.zip.infolist()}
        self.bytes, self.marks = MAX_UNPACKED, MAX_MARKS

    def read(self, name: str, elements: Elements) -> None:
        """Parse one part. Raises ``Unreadable``, and ``TableRefused`` where it is too large."""
        info = self.names.get(name)
        if info is None:
            raise Unreadable(name)
        if info.file_size > self.bytes:  # declared; what is really unpacked is counted below
            raise refused(TOO_LARGE)
        parser = _parser(elements)
        try:
            for piece in self._pieces(info):
                parser.Parse(piece, False)  # noqa: FBT003  # takes no name
            parser.Parse(b"", True)  # noqa: FBT003
        except _BROKEN as error:
            raise Unreadable(name) from error

    def _pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        stretch = 0
        with self.zip.open(info) as part:
            while piece := part.read(_PIECE):
                self.bytes -= len(piece)
                self.marks -= piece.count(b"<") + piece.count(b"/>") + piece.count(b"=")
                first, last = piece.find(b">"), piece.rfind(b">")
                is_too_long = stretch + (len(piece) if first < 0 else first) > MAX_STRETCH
                stretch = stretch + len(piece) if last < 0 else len(piece) - last
                if self.bytes < 0 or self.marks < 0 or is_too_long:
                    raise refused(TOO_LARGE)
                yield piece


def bare(attributes: dict[str, str]) -> dict[str, str]:
    """Return the attributes without their prefixes."""
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


def _parser(elements: Elements) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    local: dict[str, str] = {}

    def name_of(name: str) -> str:
        return local.get(name) or local.setdefault(name, name.rpartition(":")[2])

    def start(name: str, attributes: dict[str, str]) -> None:
        elements.start(local.get(name) or name_of(name), attributes)

    def end(name: str) -> None:
        elements.end(local.get(name) or name_of(name))

    def doctype(*_: object) -> None:
        raise Unreadable("A workbook has no document type.")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = elements.text
    parser.StartDoctypeDeclHandler = doctype
    return parser

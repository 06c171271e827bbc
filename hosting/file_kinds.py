"""What a file is, by its bytes and never by its name: a PDF, a Word document or slides, without macros.

Only the list of what is in a package is read (ISO/IEC 29500-2), all of it, and where it is short; nothing is
unpacked: what claims gigabytes costs nothing.
"""

import io
import struct
import zipfile
from typing import Final

from django.utils.translation import gettext as _

from hosting.access import HostingRefused
from hosting.models import LARGEST_FILE, SessionFile

Kind = SessionFile.Kind
#: What a package of each kind has as its main part.
MAIN_PARTS: Final = {"word/document.xml": Kind.WORD, "ppt/presentation.xml": Kind.SLIDES}
MOST_PARTS: Final = 10_000
LONGEST_LIST: Final = 2**20
#: The record with which a package ends: parts, and how long and where their list is.
_END: Final = struct.Struct("<4s4xHHLLH")
_END_SIGN, _LONG_END_SIGN, _LONG_END_SIZE = b"PK\5\6", b"PK\6\7", 20
#: What a package with macros has.
_MACROS: Final = ("vbaproject.bin", "vbadata.xml")


class FileRefused(HostingRefused):
    """An expected no: ``str()`` says what to do."""


def kind_of(content: bytes) -> Kind:
    """Return what the file is. Raises ``FileRefused``."""
    if not content:
        raise FileRefused(_("The file is empty. Save it again, and choose that file."))
    if len(content) > LARGEST_FILE:
        raise FileRefused(_("The file is larger than 10 MB. Save it smaller, or give a link instead."))
    if content.startswith(b"%PDF-"):
        return Kind.PDF
    if content.startswith(b"PK"):
        return _in_package(content)
    raise FileRefused(
        _("This is no PDF, Word document (.docx) or PowerPoint (.pptx). Save it as one of these.")
    )


def _in_package(content: bytes) -> Kind:
    if not _is_listed_shortly(content):
        raise FileRefused(_not_listed())
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            listed = package.namelist()
    except Exception as error:  # a reader may raise anything at a file made for it
        raise FileRefused(_("The file is damaged. Save it again, and choose that file.")) from error
    if len(listed) > MOST_PARTS:  # more than it says
        raise FileRefused(_not_listed())
    names = {name.lower() for name in listed}
    if any(name.endswith(_MACROS) for name in names):
        raise FileRefused(_("The file has macros, which can do harm. Save it without them, or as a PDF."))
    found = [kind for part, kind in MAIN_PARTS.items() if part in names and "[content_types].xml" in names]
    if len(found) != 1:
        raise FileRefused(_no_kind())
    return found[0]


def _is_listed_shortly(content: bytes) -> bool:
    """Whether the list of parts may be read, by the record at the very end: as Word and PowerPoint write it.

    One with a comment, or with the long record that only larger files need, could hide another list.
    """
    end = len(content) - _END.size
    if end < 0 or content[end - _LONG_END_SIZE :].startswith(_LONG_END_SIGN):
        return False
    sign, _here, parts, size, _start, comment = _END.unpack_from(content, end)
    return bool(sign == _END_SIGN and parts <= MOST_PARTS and size <= LONGEST_LIST and not comment)


def _not_listed() -> str:
    return _("The file is damaged, or has too many parts. Save it again or as a PDF, and choose that file.")


def _no_kind() -> str:
    return _("This is no PDF, Word document (.docx) or PowerPoint (.pptx). Save it as one of these.")

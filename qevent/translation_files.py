"""``python -m qevent.translation_files [CODE]``: bring every translation to what the sources say now.

Texts are found in Python by Babel, in templates by Django's own reader and Babel's. They go into
``locale/django.pot``, from there into each ``locale/<code>/LC_MESSAGES/django.po``, and those are compiled
beside. ``CODE`` begins a translation ("cy", "pt-br"). Needs no program besides Python: Babel is among the
development's packages.

A text that no translator could work with is a fault, and then nothing is written: one that is made while the
site runs (an f-string, ``+``), or one whose values have no names, which another language could not reorder.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

CHECKOUT: Final = Path(__file__).resolve().parent.parent
LOCALE: Final = CHECKOUT / "locale"
#: Whose texts members and the public meet; the team's pages and the admin stay English.
APPS: Final = (
    "audit",
    "blog",
    "comments",
    "common",
    "events",
    "hosting",
    "learning",
    "live",
    "concerns",
    "recordings",
    "members",
    "notifications",
    "qevent",
    "search",
    "workshops",
)
#: What everybody meets of an app that is not among them: what it holds of people, what it writes to them.
ALSO: Final = ("team/announcements/letters.py", "team/people/call_letter.py", "team/personal_data.py")
NOT_TRANSLATED: Final = ("migrations", "management", "admin", "localservices", "demo", "programme_import")
TEMPLATES: Final = (".html", ".txt")
#: Functions that translate, and which of their arguments are texts ("c": what the text is about). ``counted``
#: is ours, of common/words.
KEYWORDS: Final[dict[str, Any]] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "counted": (2, 3),
}
TRANSLATORS: Final = ("Translators:",)
#: What a translation may have no more of than its text: most stand in HTML as they are, some in an attribute.
MARKS: Final = ("<", ">", '"', "&")
#: A value without a name.
UNNAMED: Final = re.compile(r"(?<!%)(?:%%)*%[#0 +-]*[\d*]*(?:\.\d+)?[diouxXeEfFgGcrsa]|\{\d*\}")


def main(codes: Sequence[str], *, folder: Path = LOCALE, paths: Sequence[Path] | None = None) -> int:
    """Do it, and say what became of each language; 1 where a source or a translation has faults."""
    paths = sources() if paths is None else paths
    if wrong := list(faults(paths)):
        sys.stderr.write("\n".join([*wrong, "Nothing was written.", ""]))
        return 1
    template = extracted(paths)
    folder.mkdir(exist_ok=True)
    _write(template, folder / "django.pot")
    sys.stdout.write(f"{len(template)} texts.\n")
    for code in codes:
        _begin(code, folder)
    files = sorted(folder.glob("*/LC_MESSAGES/django.po"))
    wrong = [fault for path in files for fault in bring_up_to_date(path, template)]
    sys.stderr.write("".join(f"{one}\n" for one in wrong))
    return int(bool(wrong))


def sources() -> list[Path]:
    """Return every file that may hold a text for members or the public."""
    python = [path for app in APPS for path in sorted((CHECKOUT / app).rglob("*.py"))]
    python += [CHECKOUT / one for one in ALSO]
    templates = [path for path in sorted((CHECKOUT / "templates").rglob("*")) if path.suffix in TEMPLATES]
    return [
        path
        for path in (*python, *templates)
        if not set(path.relative_to(CHECKOUT).parts) & set(NOT_TRANSLATED)
    ]


def extracted(paths: Iterable[Path] | None = None) -> Catalog:
    """Return the texts of the sources, each with where it stands, without numbers of lines: those move."""
    found = Catalog(project="qevent", charset="utf-8")
    for path in sources() if paths is None else paths:
        for _, message, comments, context in texts(path):
            found.add(message, locations=[(_place(path), 0)], auto_comments=comments, context=context)
    return found


def texts(path: Path) -> Iterator[Any]:
    """Yield the texts of a source: (line, text or (one, many), comments, context)."""
    source = path.read_text()
    if path.suffix != ".py":
        # Blanks of its own stand where there is no text; Python would take them for levels of a block.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).splitlines())
    yield from extract("python", BytesIO(source.encode()), KEYWORDS, TRANSLATORS)


def faults(paths: Iterable[Path]) -> Iterator[str]:
    """Yield what no translator could work with, in words, and where it stands."""
    for path in paths:
        place = _place(path)
        if path.suffix == ".py":
            yield from (f"{place}:{line}: {what}" for line, what in _made_while_running(path.read_text()))
        for line, message, *_ in texts(path):
            for text in message if isinstance(message, tuple) else (message,):
                if UNNAMED.search(text):
                    yield f"{place}:{line}: {text!r} has a value without a name"


def _made_while_running(source: str) -> Iterator[tuple[int, str]]:
    """Yield where a text to translate is no plain string, or stands where it is not found."""
    tree = ast.parse(source)
    for call in _calls(tree):
        for position in (one for one in KEYWORDS[_name(call)] if isinstance(one, int)):
            text = call.args[position - 1] if len(call.args) >= position else None
            if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
                yield call.lineno, f"the text of {_name(call)}() is made while the site runs"
    # Before Python 3.12 an f-string is one word to whoever reads the source.
    for written in (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)):
        yield from ((call.lineno, f"{_name(call)}() stands in an f-string") for call in _calls(written))


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls of functions that translate."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    yield from (call for call in calls if _name(call) in KEYWORDS)


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def bring_up_to_date(path: Path, template: Catalog) -> Iterator[str]:
    """Bring a translation to the texts of now and compile it; yield what is wrong in what was translated."""
    code = path.parent.parent.name
    catalog = _read(path, code)
    catalog.update(template, update_header_comment=False)
    _write(catalog, path)
    # As it was written: what has no translation has as many empty ones as there are plurals.
    catalog = _read(path, code)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)
    done = sum(bool(one.id) and not one.fuzzy and all(one.string or [""]) for one in catalog)
    sys.stdout.write(f"{code}: {done} of {len(catalog)} translated.\n")
    for message, errors in catalog.check():
        yield from (f"{path.name} ({code}): {message.id!r}: {error}" for error in errors)
    for message in catalog:
        if message.id and _has_other_marks(message):
            yield f"{path.name} ({code}): {message.id!r}: other marks of HTML than the text has"


def _has_other_marks(message: Message) -> bool:
    """Whether a translation has more or fewer of what means something in HTML: it stands there as it is."""
    texts, translations = _several(message.id), _several(message.string)
    allowed = {_marks(text) for text in texts}
    return any(one and _marks(one) not in allowed for one in translations)


def _several(text: Any) -> tuple[str, ...]:
    """Return a text and its plurals; most have none."""
    return tuple(text) if isinstance(text, tuple | list) else (text,)


def _marks(text: str) -> tuple[int, ...]:
    return tuple(text.count(mark) for mark in MARKS)


def _read(path: Path, code: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=code)


def _begin(code: str, folder: Path) -> None:
    path = folder / to_locale(code) / "LC_MESSAGES" / "django.po"
    if not path.exists():
        path.parent.mkdir(parents=True)
        _write(Catalog(locale=to_locale(code), project="qevent"), path)


def _place(path: Path) -> str:
    return (path.relative_to(CHECKOUT) if path.is_relative_to(CHECKOUT) else path).as_posix()


def _write(catalog: Catalog, path: Path) -> None:
    with path.open("wb") as file:
        write_po(file, catalog, width=100, include_lineno=False, sort_by_file=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Finds what nobody marked for translation: letters in the source of a template, plain letters on a page.

A page or an email in the pseudo-language (``tests/pseudo.py``) has accents on each letter of a text. What is
left in plain letters has to be data: it stands, word by word, in some column of the database at that moment,
or in ``ALSO_DATA``.
"""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_plus
from zoneinfo import available_timezones

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.template.base import Lexer, Token, TokenType

from notifications.models import SentLetter
from tests import letters

TEMPLATES = Path(settings.BASE_DIR, "templates")
#: Attributes that somebody reads or hears.
SAID = ("alt", "title", "aria-label", "aria-description", "placeholder", "label")
#: What scripts say begins so.
OF_SCRIPTS = "data-text-"
#: What a button says stands in its value.
BUTTONS = ("submit", "button", "reset")
#: What of ``<meta>`` is read by people: on pages of results, in previews of links.
META = re.compile(r"description|(og|twitter):(title|description|image:alt|site_name)")
#: Nobody reads these on the page; what is typed into a field is data. ``translate="no"`` is a key, or a name.
SILENT = ("script", "style", "textarea", "svg")
#: Plain words that are no texts, and why.
ALSO_DATA = {
    "UTC": "a name of the world's",
    "BSL": "a name",
    "RSS": "a name",
    "PDF": "a name",
    "Word": "a name",
    "PowerPoint": "a name",
    **{
        word: "a place in the time zone database"
        for zone in available_timezones()
        for word in re.findall(r"[^\W_]+", zone)
    },
}
ADDRESSES = re.compile(r"(?:https?|webcal|mailto):\S+|\S+@\S+")
#: What is typed in from an email, and wiped once it was sent.
CODES = re.compile(r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4})+\b")
BETWEEN_THINGS = re.compile(r"[^\w\s'’]+")
LETTER = re.compile(r"[A-Za-z]")

# ---- In the sources ---------------------------------------------------------------------------

#: Blocks whose body is not shown as it stands.
HIDDEN_BLOCKS = {
    "blocktranslate": "endblocktranslate",
    "blocktrans": "endblocktrans",
    "comment": "endcomment",
}
#: A string in a tag or filter that is marked, and one that is not and looks like words.
MARKED = re.compile(r"""_\((?:"[^"]*"|'[^']*')\)""")
STRING = re.compile(r""""([^"]*)"|'([^']*)'""")
LIKE_WORDS = re.compile(r"^[A-Z][a-z]|[A-Za-z]{2,}[,.;:!?]? [A-Za-z]|^[A-Z] ")
#: Tags whose strings are texts to translate already, and those that never show their strings.
NEVER_SHOWN = (
    "translate",
    "trans",
    "blocktranslate",
    "blocktrans",
    "load",
    "crispy_field",
    "extends",
    "url",
    "static",
    "if",
    "elif",
)
#: Classes and the like, by the names of arguments.
ARGUMENTS_NEVER_SHOWN = re.compile(r"""\b(?:class|kind|target|name|id|css)=("[^"]*"|'[^']*')""")
#: Filters that write by a pattern of their own, in place of the language's.
PATTERN = re.compile(r"""\|(?:date|time):["'](?!\w+_FORMAT)""")
PLURAL = re.compile(r"\|(?:pluralize|yesno)\b")


def in_source(path: Path) -> list[str]:
    """Return what a template shows that is not marked for translation."""
    tokens = Lexer(path.read_text()).tokenize()
    shown: list[str] = []
    found: list[str] = []
    until = ""
    for token in tokens:
        name = token.contents.split(" ", 1)[0] if token.token_type == TokenType.BLOCK else ""
        if until:
            until = "" if name == until else until
        elif name in HIDDEN_BLOCKS:
            until = HIDDEN_BLOCKS[name]
        elif token.token_type == TokenType.TEXT:
            shown.append(token.contents)
        elif token.token_type != TokenType.COMMENT:
            shown.append("\N{OBJECT REPLACEMENT CHARACTER}" if token.token_type == TokenType.VAR else "")
            found += in_tag(name, token)
    text = "".join(shown)
    said = Said(text).texts if path.suffix == ".html" else [text]
    return found + [short(one) for one in said if re.search(r"[^\W\d_]", one)]


def in_tag(name: str, token: Token) -> Iterator[str]:
    """Yield what stands in a tag or a filter as plain words."""
    if PLURAL.search(token.contents) or PATTERN.search(token.contents):
        yield f"{{{{ {short(token.contents)} }}}}"
    if name not in NEVER_SHOWN:
        rest = ARGUMENTS_NEVER_SHOWN.sub("", MARKED.sub("", token.contents))
        strings = (one or other for one, other in STRING.findall(rest))
        yield from (f"{{% {short(token.contents)} %}}" for one in strings if LIKE_WORDS.search(one))


class Said(HTMLParser):
    """What HTML, or a template of it, says: its texts, and the attributes that are read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT or dict(attrs).get("translate") == "no":
            self._silent.append(tag)
        self.texts += read_attributes(tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += read_attributes(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def read_attributes(tag: str, attributes: dict[str, str | None]) -> Iterator[str]:
    """Yield the attributes of an element that somebody reads or hears."""
    yield from (attributes[name] or "" for name in SAID if name in attributes)
    yield from (value or "" for name, value in attributes.items() if name.startswith(OF_SCRIPTS))
    if tag == "input" and attributes.get("type") in BUTTONS:
        yield attributes.get("value") or ""
    if tag == "meta" and META.fullmatch(attributes.get("name") or attributes.get("property") or ""):
        yield attributes.get("content") or ""


def short(text: str) -> str:
    """Return a text on one line, to be recognised by."""
    return " ".join(text.split())[:100]


# ---- On pages and in emails ---------------------------------------------------------------------


def on_page(html: str) -> list[str]:
    """Return what a page says, text by text."""
    return Said(html).texts


def plain(said: Iterable[str], known: set[str] | None = None) -> list[str]:
    """Return what is said in plain letters and is no data of this moment.

    What is ``known`` to be data from before is not looked up again; what turns out to be is added.
    """
    known = set() if known is None else known
    pieces = {piece for text in said for piece in in_plain_letters(text)} - known
    pieces = {piece for piece in pieces if not set(piece.split()) <= ALSO_DATA.keys()}
    if pieces:
        words = data()
        known |= {piece for piece in pieces if any(f" {form} " in words for form in _forms(piece))}
    return sorted(pieces - known)


def _forms(piece: str) -> tuple[str, str]:
    """Return how data may stand in the database: "the Q team" begins a sentence as "The Q team"."""
    return piece, piece[:1].lower() + piece[1:]


def not_asked(plain: Iterable[str], address: str) -> list[str]:
    """Return what is plain and is not what the address of the page asks for, which a search says again."""
    asked = " ".join(re.findall(r"\w+", unquote_plus(address.partition("?")[2])))
    return [piece for piece in plain if piece not in asked]


def in_plain_letters(text: str) -> Iterator[str]:
    """Yield the runs of words in plain letters, parted by words with accents and by what parts things."""
    for part in BETWEEN_THINGS.split(CODES.sub(" ⟦⟧ ", ADDRESSES.sub(" ⟦⟧ ", text))):
        run: list[str] = []
        for word in [*re.findall(r"\w+", part), ""]:
            if LETTER.search(word):
                run.append(word)
            elif run:
                yield " ".join(run)
                run = []


def data() -> str:
    """Return all words of the database, in their order, parted and framed by blanks. Two queries.

    An email that is kept as it was sent would prove its own words to be data.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('character varying', 'text', 'jsonb') AND is_generated = 'NEVER'"
            " AND table_name <> %s",
            [SentLetter._meta.db_table],
        )
        columns = [
            f'SELECT string_agg("{column}"::text, chr(10)) FROM "{table}"'  # noqa: S608 - its own names
            for table, column in cursor.fetchall()
        ]
        cursor.execute(" UNION ALL ".join(columns))
        texts = [text for (text,) in cursor.fetchall() if text]
    words = " ".join(re.findall(r"\w+", " ".join(texts)))
    return f" {words} "


def in_email(email: EmailMultiAlternatives) -> list[str]:
    """Return what an email says, in its subject and both its parts."""
    return [str(email.subject), *str(email.body).splitlines(), *on_page(letters.html_of(email))]

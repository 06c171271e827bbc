"""Reads the forms of a page, as a browser would: where they go, their fields, what stands in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import resolve

#: Fields that a browser sends without anybody having typed there.
BUTTONS = ("submit", "image", "button", "reset")
TEXT = ("text", "email", "search", "tel", "url", "number", "date", "time", "textarea", "hidden", "password")


@dataclass(frozen=True)
class Field:
    """One name of a form: its ``kind`` (the input's type, or the tag), what stands in it, and what may."""

    name: str
    kind: str
    values: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    id: str = ""
    is_required: bool = False

    @property
    def is_text(self) -> bool:
        return self.kind in TEXT


@dataclass(frozen=True)
class Form:
    """A form: where it goes, its fields by name, the ``button`` pressed; ``page`` is where it was found."""

    page: str
    action: str
    method: str
    is_multipart: bool
    button: tuple[str, str]
    has_button: bool = False
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The name of the address it is sent to."""
        found = resolve(urlsplit(self.action).path)
        return found.view_name

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it this form and no other: its address, its button and the names of its fields."""
        return (self.method, self.address, *self.button, *sorted(self.fields))

    def __str__(self) -> str:
        return f"{self.method} {self.action} {'='.join(self.button)} (on {self.page})".replace("  ", " ")

    def defaults(self) -> dict[str, tuple[str, ...]]:
        """What a browser sends when nobody touches anything but the button."""
        sent = {name: one.values for name, one in self.fields.items() if one.values}
        return sent | ({self.button[0]: (self.button[1],)} if self.button[0] else {})


@dataclass
class Page:
    """What a page says that the contracts ask for."""

    forms: list[Form]
    ids: set[str]
    links_of_summary: list[str]
    wrong: list[str]
    errors_beside: list[str]


def read(html: str, path: str) -> Page:
    """Read a page that was found at ``path``."""
    parser = _Parser(path)
    parser.feed(html)
    parser.close()
    forms = [
        one for one in parser.forms for one in _one_for_each_button(one, parser.buttons.get(id(one), []))
    ]
    return Page(forms, parser.ids, parser.links_of_summary, parser.wrong, parser.errors_beside)


def _one_for_each_button(form: Form, buttons: list[tuple[str, str, str]]) -> Iterator[Form]:
    for name, value, action in dict.fromkeys(buttons or [("", "", "")]):
        yield replace(form, button=(name, value), action=action or form.action, has_button=bool(buttons))


class _Parser(HTMLParser):
    """Collects forms. A control belongs to the form around it, or to the one that it names."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[Form] = []
        self.buttons: dict[int, list[tuple[str, str, str]]] = {}
        self.ids: set[str] = set()
        self.links_of_summary: list[str] = []
        self.wrong: list[str] = []
        self.errors_beside: list[str] = []
        self._form: Form | None = None
        self._by_id: dict[str, Form] = {}
        self._select: tuple[Form, str] | None = None
        self._textarea: tuple[Form, dict[str, str], list[str]] | None = None
        self._summary = 0
        self._errorlist = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        if got.get("id"):
            self.ids.add(got["id"])
        self._errors(tag, got)
        handle = getattr(self, f"_start_{tag}", None)
        if handle:
            handle(got)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = None
        if tag == "div" and self._summary:
            self._summary -= 1
        if tag == "textarea" and self._textarea:
            form, got, words = self._textarea
            self._textarea = None
            text = "".join(words)
            self._add(form, got, "textarea", text[1:] if text.startswith("\n") else text)

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._textarea[2].append(data)

    def _errors(self, tag: str, got: dict[str, str]) -> None:
        if tag == "div" and (self._summary or "error-summary" in got.get("class", "").split()):
            self._summary += 1
        if tag == "a" and self._summary and got.get("href", "").startswith("#"):
            self.links_of_summary.append(got["href"][1:])
        if got.get("aria-invalid") == "true" and got.get("name"):
            self.wrong.append(got["name"])
        if tag == "ul" and "errorlist" in got.get("class", "").split() and got.get("id"):
            self.errors_beside.append(got["id"].removesuffix("_error").removeprefix("id_"))

    def _start_form(self, got: dict[str, str]) -> None:
        action = urldefrag(urljoin(self.path, got.get("action") or self.path)).url  # as a browser sends it
        method = got.get("method", "get").upper()
        self._form = Form(self.path, action, method, "multipart" in got.get("enctype", ""), ("", ""))
        self.forms.append(self._form)
        if got.get("id"):
            self._by_id[got["id"]] = self._form

    def _owner(self, got: dict[str, str]) -> Form | None:
        return self._by_id.get(got["form"]) if "form" in got else self._form

    def _start_input(self, got: dict[str, str]) -> None:
        form, kind = self._owner(got), got.get("type", "text").lower()
        if form is None or "disabled" in got:
            return
        if kind in BUTTONS:
            self._press(form, got)
        elif got.get("name"):
            value = got.get("value", "on" if kind in ("checkbox", "radio") else "")
            self._add(form, got, kind, value)

    def _start_button(self, got: dict[str, str]) -> None:
        form = self._owner(got)
        if form is not None and got.get("type", "submit") == "submit" and "disabled" not in got:
            self._press(form, got)

    def _press(self, form: Form, got: dict[str, str]) -> None:
        name, value = (got["name"], got.get("value", "")) if got.get("name") else ("", "")
        action = urldefrag(urljoin(self.path, got["formaction"])).url if got.get("formaction") else ""
        self.buttons.setdefault(id(form), []).append((name, value, action))

    def _start_textarea(self, got: dict[str, str]) -> None:
        form = self._owner(got)
        if form is not None and got.get("name"):
            self._textarea = form, got, []

    def _start_select(self, got: dict[str, str]) -> None:
        form = self._owner(got)
        if form is not None and got.get("name") and "disabled" not in got:
            kind = "select multiple" if "multiple" in got else "select"
            form.fields[got["name"]] = Field(
                got["name"],
                kind,
                id=got.get("id", ""),
                is_required="required" in got or "aria-required" in got,
            )
            self._select = form, got["name"]

    def _start_option(self, got: dict[str, str]) -> None:
        if self._select is None:
            return
        form, name = self._select
        one, value = form.fields[name], got.get("value", "")
        is_first = one.kind == "select" and not one.choices
        values = one.values
        if "selected" in got:
            values = (*values, value) if one.kind == "select multiple" else (value,)
        elif is_first:
            values = (value,)
        form.fields[name] = replace(one, choices=(*one.choices, value), values=values)

    def _add(self, form: Form, got: dict[str, str], kind: str, value: str) -> None:
        name = got["name"]
        is_choice = kind in ("checkbox", "radio")
        is_sent = "checked" in got if is_choice else kind != "file"
        before = form.fields.get(name)
        values = (before.values if before else ()) + ((value,) if is_sent else ())
        choices = (before.choices if before else ()) + ((value,) if is_choice else ())
        form.fields[name] = Field(
            name,
            before.kind if before else kind,
            values,
            choices,
            got.get("id", ""),
            "required" in got or "aria-required" in got,
        )

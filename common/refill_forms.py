"""Fills the forms of a page with what was typed into them before: over a log-in, or a page that was too old.

A form that is made for a page asks here (``PlainTextMixin``). What was typed is looked for once, where the
page has a form that nobody has sent; it stands in the fields as it was sent, and is judged when it is sent.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

_now: ContextVar["Typed | None"] = ContextVar("typed", default=None)


class Typed:
    """What was typed into a form of this page: ``look`` finds it, ``say`` tells that it is there again."""

    def __init__(self, look: Callable[[], QueryDict | None], say: Callable[[], None]) -> None:
        self.look, self.say = look, say
        self.is_taken = False
        self._sent: QueryDict | None = None
        self._has_looked = False

    @property
    def sent(self) -> QueryDict | None:
        """What was sent, looked up once."""
        if not self._has_looked:
            self._has_looked = True
            self._sent = self.look()
        return self._sent

    def take(self) -> None:
        """Note that a form has it."""
        if not self.is_taken:
            self.is_taken = True
            self.say()


@contextmanager
def typed_before(typed: Typed) -> Iterator[Typed]:
    """Fill the forms that are made in this block."""
    token = _now.set(typed)
    try:
        yield typed
    finally:
        _now.reset(token)


def is_waiting() -> bool:
    """Whether something was typed that waits for a form of this page: what is kept for many is not for it."""
    typed = _now.get()
    return typed is not None and typed.sent is not None


def answers(name: str) -> list[str]:
    """Return what was ticked before under a name that no form has: where the page writes it itself."""
    typed = _now.get()
    sent = typed.sent if typed else None
    if typed is None or sent is None or name not in sent:
        return []
    typed.take()
    return sent.getlist(name)


def fill(form: forms.BaseForm) -> None:
    """Put into a form what was typed into its fields before; a form that is sent has its own."""
    typed = _now.get()
    sent = typed.sent if typed and not form.is_bound else None
    if typed is None or sent is None or not any(_is_typed(form, name, sent) for name in form.fields):
        return
    for name, field in form.fields.items():
        html_name = form.add_prefix(name)
        is_kept = not field.widget.value_omitted_from_data(sent, MultiValueDict(), html_name)
        if is_kept and not field.disabled and not _is_secret(field):
            form.initial[name] = field.widget.value_from_datadict(sent, MultiValueDict(), html_name)
    typed.take()


def _is_typed(form: forms.BaseForm, name: str, sent: QueryDict) -> bool:
    """Whether a field that people see was sent."""
    widget, html_name = form.fields[name].widget, form.add_prefix(name)
    ends = getattr(widget, "widgets_names", [""])
    return not widget.is_hidden and any(f"{html_name}{end}" in sent for end in ends)


def _is_secret(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.PasswordInput) or field.widget.needs_multipart_form

"""The forms of feedback: what people answer, and which questions the team asks."""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import PageFormMixin
from common.plain_text import validate_line, validate_lines
from learning.feedback.asking import Asked
from learning.models import FeedbackQuestion
from learning.models_feedback import MAX_QUESTIONS, MAX_WORDS_CHARS

TOO_LONG: Final = gettext_lazy("Use at most %(limit_value)d characters; there are %(show_value)d.")


def seen(asked: Sequence[Asked]) -> str:
    """Return what tells these questions from others."""
    return hashlib.sha256(repr(list(asked)).encode()).hexdigest()[:20]


class FeedbackForm(PageFormMixin, forms.Form):
    """A sheet of feedback: no question must be answered, but one."""

    def __init__(self, *args: Any, asked: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(asked)
        for one in asked:
            self.fields[f"answer-{one.position}"] = _scale(one) if one.is_scale else _words(one)

    def clean(self) -> dict[str, Any]:
        """At least one is answered."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.answers() and not self.errors:
            self.add_error(None, _("Answer at least one question."))
        return cleaned

    def answers(self) -> dict[str, int | str]:
        """Return what was answered, by the position of its question."""
        found: dict[str, int | str] = {}
        for one in self.asked:
            if value := self.cleaned_data.get(f"answer-{one.position}"):
                found[str(one.position)] = int(value) if one.is_scale else value.replace("\r\n", "\n")
        return found


def _scale(asked: Asked) -> forms.Field:
    return forms.ChoiceField(
        label=asked.words,
        required=False,
        widget=forms.RadioSelect,
        choices=[("5", _("5, very")), ("4", "4"), ("3", "3"), ("2", "2"), ("1", _("1, not at all"))],
    )


def _words(asked: Asked) -> forms.Field:
    return forms.CharField(
        label=asked.words,
        required=False,
        max_length=MAX_WORDS_CHARS,
        validators=[validate_lines],
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("What you write is read as it is: leave out what tells who you or others are."),
        error_messages={"max_length": TOO_LONG},
    )


class QuestionsForm(PageFormMixin, forms.Form):
    """Which questions an event asks: up to five; a blank one is not asked."""

    def __init__(self, *args: Any, asked: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = {one.position: one for one in asked}
        for number in range(1, MAX_QUESTIONS + 1):
            now = before.get(number)
            self.fields[f"words-{number}"] = forms.CharField(
                label=f"Question {number}",
                required=False,
                max_length=200,
                validators=[validate_line],
                initial=now.words if now else "",
                error_messages={"max_length": TOO_LONG},
            )
            self.fields[f"kind-{number}"] = forms.ChoiceField(
                label=f"Question {number} is answered",
                choices=FeedbackQuestion.Kind.choices,
                initial=now.kind if now else FeedbackQuestion.Kind.WORDS,
            )

    def written(self) -> list[tuple[str, str]]:
        """Return (kind, words) of each that is asked."""
        values = self.cleaned_data
        numbers = range(1, MAX_QUESTIONS + 1)
        return [
            (values[f"kind-{number}"], values[f"words-{number}"])
            for number in numbers
            if values[f"words-{number}"]
        ]

"""Forms about concerns: who reads them, an answer, a note for the other readers."""

from typing import Any, Final

from django import forms

from comments.forms import WordsField
from common.forms import PageFormMixin
from concerns import readers
from concerns.models import MOST_ANSWER_DAYS, Desk
from members.models import Member

LONGEST: Final = 10_000
TOO_LONG: Final = "Use up to %(most)s characters."


class NamesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not at run time
    """People of the team, by name and address: two may be called alike."""

    def label_from_instance(self, obj: Member) -> str:
        """Return what stands beside the box."""
        return f"{obj.name}, {obj.email}"


class ReadersForm(PageFormMixin, forms.Form):
    """Who reads what is reported at an event."""

    members = NamesField(
        Member.objects.none(),
        label="Who reads concerns",
        widget=forms.CheckboxSelectMultiple,
        help_text="At least two, named on the public page. Whoever you name later reads what comes later.",
        error_messages={"required": "Choose at least two people"},
    )
    answer_days = forms.IntegerField(
        label="Working days until there is an answer",
        min_value=1,
        max_value=MOST_ANSWER_DAYS,
        help_text="The page names the day. Monday to Friday count; bank holidays are not known here.",
    )
    in_danger = WordsField(
        longest=2000,
        too_long=TOO_LONG,
        label="What to do in danger",
        required=False,
        help_text="Stands first on the page. Blank: ring 999 or 112, and the Samaritans’ number.",
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, named: list[Member], desk: Desk, seen: str, **kwargs: Any) -> None:
        about = {"members": named, "answer_days": desk.answer_days, "in_danger": desk.in_danger, "seen": seen}
        super().__init__(*args, initial=about, **kwargs)
        self.fields["members"].queryset = readers.of_the_team()  # type: ignore[attr-defined]

    def show_anew(self, seen: str) -> None:
        """Carry what stands there now: whoever presses again has been told."""
        data = self.data.copy()  # type: ignore[attr-defined]  # of a form that was sent
        data["seen"] = seen
        self.data = data


class AnswerForm(PageFormMixin, forms.Form):
    """An answer to whoever reported something."""

    words = WordsField(
        longest=LONGEST,
        too_long=TOO_LONG,
        label="Answer",
        help_text="They read it with their code, and can write more. It is sent in no email.",
        error_messages={"required": "Write the answer"},
    )


class NoteForm(PageFormMixin, forms.Form):
    """A note for the other readers of a concern."""

    note = WordsField(
        longest=LONGEST,
        too_long=TOO_LONG,
        rows=3,
        label="Note for the other readers",
        help_text="Whoever reported it does not see this.",
        error_messages={"required": "Write the note"},
    )

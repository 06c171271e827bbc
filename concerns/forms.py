"""The forms of the pages on which people report a concern, read the answer, and write more."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.forms import WordsField
from common.forms import PageFormMixin, set_trap
from concerns import codes
from concerns.models import Concern
from concerns.reporting import Told, seen
from events.models import Event, Session
from members.models import Member

LONGEST: Final = 10_000
TOO_LONG: Final = gettext_lazy("Use up to %(most)s characters. You can write more afterwards.")
NAMED, UNNAMED = "yes", "no"
Wants = Concern.Wants


def words(**about: Any) -> WordsField:
    """Return a field for some lines, which no browser keeps to offer them again."""
    field = WordsField(longest=LONGEST, too_long=TOO_LONG, **about)
    field.widget.attrs["autocomplete"] = "off"
    return field


class ConcernForm(PageFormMixin, forms.Form):
    """What happened; with or without a name. ``website`` is a trap for programs."""

    what = words(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("As much as you wish. You need not be sure, nor be the one it happened to."),
        error_messages={"required": gettext_lazy("Write what happened")},
    )
    session = forms.ModelChoiceField(
        Session.objects.none(),
        label=gettext_lazy("In which session?"),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("In none, or I do not say"),
    )
    about_whom = forms.CharField(
        label=gettext_lazy("About whom?"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=gettext_lazy("A name, or how we find out who it is."),
    )
    would_help = words(label=gettext_lazy("What would help?"), required=False, rows=3)
    left_out = forms.ChoiceField(
        label=gettext_lazy("Who should not read this?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("They are never told of it, and can never open it."),
    )
    named = forms.ChoiceField(label=gettext_lazy("Who are you?"), widget=forms.RadioSelect, initial=UNNAMED)
    wants = forms.ChoiceField(
        label=gettext_lazy("Would you like an answer?"), widget=forms.RadioSelect, initial=Wants.CODE
    )
    reach = forms.CharField(
        label=gettext_lazy("How do we reach you?"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=gettext_lazy("Only if you would like us to ring or write. Those who read this see it."),
    )
    submission = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(required=False)

    def __init__(
        self, *args: Any, event: Event, readers: list[Member], member: Member | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self._choose(event, readers)
        self.initial.update(submission=codes.new_form(), seen=seen(readers))
        set_trap(self)

    def _choose(self, event: Event, readers: list[Member]) -> None:
        sessions = Session.objects.public().filter(event=event).in_order()
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]  # a field of models
        wants = [choice for choice in Wants.choices if self.member or choice[0] != Wants.EMAIL]
        self.fields["wants"].choices = wants  # type: ignore[attr-defined]  # a field of choices
        if len(readers) > 1:
            choices = [("", _("Nobody: all of them may")), *((str(one.pk), one.name) for one in readers)]
            self.fields["left_out"].choices = choices  # type: ignore[attr-defined]  # of choices
        else:
            del self.fields["left_out"]
        if self.member is None:
            del self.fields["named"]
        else:
            self.fields["named"].choices = [  # type: ignore[attr-defined]  # a field of choices
                (UNNAMED, _("I do not say. Nothing of who I am is kept.")),
                (NAMED, _("%(name)s. Those who read this see it.") % {"name": self.member.name}),
            ]

    def clean(self) -> dict[str, Any]:
        """Ask for what an answer needs."""
        told = super().clean() or self.cleaned_data
        if told.get("wants") == Wants.EMAIL and told.get("named") != NAMED:
            self.add_error(
                "wants", _("To email you we have to know who you are: say so above, or take the code.")
            )
        if told.get("wants") == Wants.REACH and not told.get("reach"):
            self.add_error("reach", _("Say how we reach you, or take the code"))
        return told

    def show_readers(self, named: list[Member]) -> None:
        """Carry from now on who reads it, whoever did when the page was opened."""
        data = self.data.copy()  # type: ignore[attr-defined]  # of a form that was sent
        data["seen"] = seen(named)
        self.data = data

    def told(self) -> Told:
        """Return what was told."""
        told = self.cleaned_data
        return Told(
            form=told["submission"] or codes.new_form(),
            seen=told["seen"],
            what=told["what"],
            session=told["session"],
            about_whom=told["about_whom"],
            would_help=told["would_help"],
            wants=told["wants"],
            reach=told["reach"] if told["wants"] == Wants.REACH else "",
            left_out=int(told["left_out"]) if told.get("left_out") else None,
            reporter=self.member if told.get("named") == NAMED else None,
            is_visitor=self.member is None,
            is_suspected=bool(told["website"]),
        )


class CodeForm(PageFormMixin, forms.Form):
    """The code that was shown once."""

    secret_code = forms.CharField(
        label=gettext_lazy("Your code"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        help_text=gettext_lazy("Five groups of four signs, as you were shown it."),
        error_messages={"required": gettext_lazy("Type the code that you were shown")},
    )


class SecondLookForm(PageFormMixin, forms.Form):
    """Why the team should look again at that it took somebody out."""

    words = words(
        label=gettext_lazy("Why should we look again?"),
        help_text=gettext_lazy("Somebody else than who decided reads it, where there is somebody else."),
        error_messages={"required": gettext_lazy("Write why we should look again")},
    )


class MoreForm(PageFormMixin, forms.Form):
    """More about something that was reported."""

    more = words(
        label=gettext_lazy("Write more"),
        rows=4,
        error_messages={"required": gettext_lazy("Write what you would like to add")},
    )

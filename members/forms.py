"""The forms of this app's own pages."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common import languages
from common.edit_conflicts import StaleForm
from common.forms import PageFormMixin
from common.names import validate_name
from common.zones import choices_with
from members import email_choices
from members.email_choices import Choice
from members.models import Member

#: What they may say about themselves.
PROFILE = ["name", "pronouns", "organisation", "role", "region", "language", "time_zone", "calendar"]


class IntroductionForm(PageFormMixin, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What the team decides by, asked of those who wait for approval; all of it is optional."""

    class Meta:
        model = Member
        fields = ["organisation", "role", "introduction"]
        labels = {"introduction": _("How do you know the community?")}
        help_texts = {
            "organisation": _("Leave this empty if you take part as a patient, carer or volunteer."),
            "role": _("What you do there. Or: patient, carer, volunteer."),
            "introduction": _("A member you know, an event you came to, work you share. The team reads it."),
        }
        widgets = {"introduction": forms.Textarea(attrs={"rows": 3})}

    def save(self, commit: bool = True) -> Member:  # noqa: FBT001, FBT002  # Django's signature
        """Write what this form shows, and nothing else of the member."""
        member: Member = super().save(commit=False)
        if commit:
            member.save(update_fields=[*self.Meta.fields, "changed_at"])
        return member


class ProfileForm(PageFormMixin, StaleForm):
    """What a person says about themselves; all but the name is optional."""

    name = forms.CharField(
        max_length=150, validators=[validate_name], help_text=_("As you write it yourself.")
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, help_text=_("Of pages, and of the emails that we send you.")
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Times are shown in the event's time, and in yours beside it."),
    )

    class Meta:
        model = Member
        fields = PROFILE
        widgets = {"calendar": forms.RadioSelect}
        labels = {"calendar": _("Calendar")}
        help_texts = {
            "pronouns": _("Such as she/her, he/him, they/them."),
            "organisation": _("Leave this empty if you take part as a patient, carer or volunteer."),
            "role": _("What you do there. Or: patient, carer, volunteer."),
            "calendar": _("How the sessions you book come into your calendar."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101  # declared above
        zone.choices = choices_with(self.instance.time_zone)
        self._offer_languages()
        region = self.fields["region"]
        assert isinstance(region, forms.TypedChoiceField)  # noqa: S101  # the model's choices
        region.choices = [("", _("Not said")), *Member.Region.choices]

    def _offer_languages(self) -> None:
        """Ask for a language where there is more than one; with one there is nothing to choose."""
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101  # declared above
        language.choices = [("", _("As my browser asks")), *languages.spoken().items()]
        if not languages.is_a_choice():
            del self.fields["language"]
        elif self.instance.language not in languages.spoken():
            self.initial["language"] = ""

    def save(self, commit: bool = True) -> Member:  # noqa: FBT001, FBT002  # Django's signature
        """Write what this form shows, and nothing else of the member."""
        member: Member = super().save(commit=False)
        if commit:
            member.save(update_fields=[*PROFILE, "changed_at"])
        return member


class EmailChoicesForm(PageFormMixin, forms.Form):
    """A box for each kind of emails that nobody has to get; ``stopped`` names those that are off."""

    def __init__(self, *args: Any, stopped: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for choice in email_choices.choices():
            self.fields[choice.name] = forms.BooleanField(
                label=choice.label,
                help_text=choice.what,
                required=False,
                initial=choice.name not in stopped,
            )

    def answers(self) -> list[tuple[Choice, bool]]:
        """Return each choice, and whether they want it."""
        return [(one, self.cleaned_data[one.name]) for one in email_choices.choices()]

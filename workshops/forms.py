"""Forms of the agenda."""

from django import forms
from django.utils.translation import gettext_lazy

from common.forms import PageFormMixin
from members.models import Member


class CalendarForm(PageFormMixin, forms.ModelForm):  # type: ignore[type-arg]  # not generic at runtime
    """How the sessions they book come into their calendar."""

    class Meta:
        model = Member
        fields = ["calendar"]
        widgets = {"calendar": forms.RadioSelect}
        labels = {"calendar": gettext_lazy("How do your sessions come into your calendar?")}

    def save(self, commit: bool = True) -> Member:  # noqa: FBT001, FBT002  # Django's signature
        """Write this choice, and nothing else of the member."""
        member: Member = super().save(commit=False)
        if commit:
            member.save(update_fields=["calendar", "changed_at"])
        return member

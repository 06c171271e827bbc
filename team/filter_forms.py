"""Filters of the team's lists, as they stand in the address."""

from collections.abc import Mapping

from django import forms

from blog.editing import stages


class StageForm(forms.Form):
    """Which posts the list shows."""

    status = forms.ChoiceField(label="Status", required=False)

    def __init__(self, asked: Mapping[str, str]) -> None:
        wanted = asked.get("status", "")
        self.stage = wanted if wanted in stages.LABELS else ""
        super().__init__(initial={"status": self.stage}, use_required_attribute=False)
        field = self.fields["status"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", "All"), *stages.LABELS.items()]

"""What is pressed on the page of who was in a session."""

from typing import Any

from django import forms

from common.forms import PageFormMixin


class ReportForm(PageFormMixin, forms.Form):
    """The report of a meeting."""

    file = forms.FileField(
        label="Report of the meeting",
        help_text=(
            "As Zoom (Reports, Usage, Participants) or Teams (the meeting’s Attendance tab) writes it: CSV "
            "or XLSX, 5 MB at most."
        ),
        error_messages={"required": "Choose the file", "empty": "The file is empty. Choose another one."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".csv,.txt,.tsv,.xlsx"

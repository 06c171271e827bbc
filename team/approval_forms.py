"""The form of declining people who wait for approval."""

from django import forms

from common.forms import PageFormMixin


class DeclineForm(PageFormMixin, forms.Form):
    """Why they are not approved: one reason for all who are named."""

    reason = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        label="Reason",
        help_text="It is mailed to each of them. Say what they can do next.",
        error_messages={"required": "Write the reason: it is sent to the person."},
    )

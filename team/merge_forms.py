"""The form that brings two accounts of one person together."""

from django import forms

from common.forms import PageFormMixin


class MergeForm(PageFormMixin, forms.Form):
    """The codes that the caller reads out."""

    kept_code = forms.CharField(max_length=40, error_messages={"required": "Enter this code too"})
    ended_code = forms.CharField(max_length=40, error_messages={"required": "Enter this code too"})

    def __init__(self, *args: object, kept: str, ended: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, address in (("kept_code", kept), ("ended_code", ended)):
            self.fields[name].label = f"Code from the email to {address}"
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

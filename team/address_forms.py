"""The form that corrects somebody's address."""

from django import forms

from common.forms import PageFormMixin, small_address


class AddressForm(PageFormMixin, forms.Form):
    """Another address for somebody who telephones; ``seen`` is the one that stood on the page."""

    email = forms.EmailField(
        label="New email address",
        max_length=254,
        help_text="Read it back to the caller, letter by letter.",
        error_messages={"required": "Enter the new email address"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=254)
    is_stolen = forms.BooleanField(
        label="Somebody else has got in: whoever has the address of now must not bring it back",
        required=False,
        help_text="Only where they go back to an address that they had before. Its password is taken out.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"  # it is somebody else's

    def clean_email(self) -> str:
        """Addresses are kept in small letters."""
        return small_address(self.cleaned_data["email"])

"""The form for a caller without an account."""

from typing import Any

from django import forms

from common.forms import small_address
from common.names import validate_name
from events.models import Event
from team.people_forms import CallerRegistrationForm


class NewCallerForm(CallerRegistrationForm):
    """Who somebody is, whether they are a member, and what they register with; all about them is typed."""

    field_order = ["name", "email", "organisation", "role", "is_member", "register", "kinds", "needs"]
    name = forms.CharField(
        label="Name",
        max_length=150,
        validators=[validate_name],
        error_messages={"required": "Enter their name"},
    )
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="Read it back to the caller, letter by letter.",
        error_messages={"required": "Enter their email address"},
    )
    organisation = forms.CharField(label="Organisation", max_length=200, required=False)
    role = forms.CharField(label="Role", max_length=200, required=False)
    is_member = forms.TypedChoiceField(
        label="Are they a member?",
        choices=[("yes", "Yes"), ("no", "No, or we decide later, once they have confirmed the address")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they are a member"},
    )
    register = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, event: Event | None, ticked: int = 0, **kwargs: Any) -> None:
        self.ticked = ticked
        super().__init__(*args, event=event or Event(), **kwargs)
        for name in ("name", "email", "organisation", "role"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # it is somebody else's
        self.fields["register"].label = f"Register them for {event}"
        if "heard_conduct" in self.fields:
            self.fields["heard_conduct"].required = False
        if event is None:
            for name in ("register", "kinds", "needs", "share_with_hosts", "consents"):
                del self.fields[name]

    def clean_email(self) -> str:
        """Addresses are kept in small letters."""
        return small_address(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Whoever is registered has heard the code of conduct."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("register") and "heard_conduct" in self.fields and not cleaned.get("heard_conduct"):
            self.add_error("heard_conduct", self.fields["heard_conduct"].error_messages["required"])
        if self.ticked and "register" in self.fields and not cleaned.get("register"):
            self.add_error("register", "Tick this as well, or no session: who is registered has sessions.")
        return cleaned

    def details(self) -> dict[str, str]:
        """Return what the account begins with."""
        return {name: self.cleaned_data[name] for name in ("name", "email", "organisation", "role")}

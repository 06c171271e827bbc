"""Writing to the authors of a post."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.contact import Sender
from common.forms import PageFormMixin, reached, set_trap
from common.names import validate_name
from members.models import Member

MAX_MESSAGE_CHARS: Final = 3000


class ContactForm(PageFormMixin, forms.Form):
    """Words to the authors; whose they are, where nobody is logged in. ``website`` is a trap for programs."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150, validators=[validate_name])
    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254)
    words = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=MAX_MESSAGE_CHARS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": gettext_lazy("Write your message."),
            "max_length": gettext_lazy("Use at most %(limit_value)d characters; there are %(show_value)d."),
        },
    )
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, member: Member | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        if member is not None:
            del self.fields["name"], self.fields["email"]
        set_trap(self)

    def clean_email(self) -> str:
        """Refuse what no mail of ours reaches."""
        return reached(self.cleaned_data["email"])

    def clean_name(self) -> str:
        """Refuse a name that looks like an address: it would stand beside the real one."""
        name: str = self.cleaned_data["name"]
        if any(character in "@<>" for character in name):
            raise forms.ValidationError(_("Enter your name without @, < and >."))
        return name

    def sender(self) -> Sender:
        """Return whose words these are."""
        if self.member is not None:
            return Sender(self.member.name, self.member.email, is_member=True)
        return Sender(self.cleaned_data["name"], self.cleaned_data["email"], is_member=False)

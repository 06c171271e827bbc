"""Forms of the hosts' pages."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from comments.forms import WordsField
from common.forms import PageFormMixin, small_address
from hosting import agreeing


class AddressForm(PageFormMixin, forms.Form):
    """The address to which a host was invited."""

    email = forms.EmailField(label=gettext_lazy("Email address"), max_length=254)

    def clean_email(self) -> str:
        """Return it in small letters."""
        return small_address(self.cleaned_data["email"])


class CodeForm(PageFormMixin, forms.Form):
    """The code that was mailed there."""

    code = forms.CharField(label=gettext_lazy("Code from the email"), max_length=60)


class AgreementForm(PageFormMixin, forms.Form):
    """That a host keeps for themselves what they read."""

    agrees = forms.BooleanField(
        label=agreeing.WORDS,
        error_messages={"required": gettext_lazy("Tick the box to see who comes to your sessions.")},
    )


class MessageForm(PageFormMixin, forms.Form):
    """A message to everybody who has a place."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=60,
        error_messages={"required": gettext_lazy("Enter a subject")},
    )
    words = WordsField(
        label=gettext_lazy("Message"),
        rows=8,
        longest=2000,
        help_text=gettext_lazy("Plain words. What you write here is read by the team as well."),
        error_messages={"required": gettext_lazy("Write the message")},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid4()

    def start_anew(self) -> None:
        """Let them send it, where the number has been used for another message."""
        assert isinstance(self.data, MultiValueDict)  # noqa: S101  # this form is bound to what was posted
        self.data = self.data.copy()
        self.data["submission"] = str(uuid4())

    def clean_words(self) -> str:
        """Return the message with line breaks as they are kept; browsers send two characters."""
        words: str = self.cleaned_data["words"]
        return words.replace("\r\n", "\n")


class DeputyForm(PageFormMixin, forms.Form):
    """Who stands in for the host."""

    name = forms.CharField(
        label=gettext_lazy("Their name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter their name")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Their email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter their email address")},
    )

    def clean_name(self) -> str:
        """Refuse what is an address: it would stand in the letter to a stranger."""
        name: str = self.cleaned_data["name"]
        if any(sign in name for sign in "/@:<>"):
            raise forms.ValidationError(gettext_lazy("Enter a name, without addresses."))
        return name

    def clean_email(self) -> str:
        """Return it in small letters."""
        return small_address(self.cleaned_data["email"])


class FileForm(PageFormMixin, forms.Form):
    """A file to read beforehand, with what those need to know who cannot open it."""

    title = forms.CharField(
        label=gettext_lazy("What it is"),
        max_length=120,
        error_messages={"required": gettext_lazy("Say what it is")},
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.pptx"}),
        help_text=gettext_lazy("PDF, Word (.docx) or PowerPoint (.pptx), at most 10 MB, without macros."),
        error_messages={
            "required": gettext_lazy("Choose a file"),
            "empty": gettext_lazy("The file is empty. Save it again, and choose that file."),
        },
    )
    about = WordsField(
        label=gettext_lazy("What is in it, in plain words"),
        rows=3,
        longest=500,
        help_text=gettext_lazy(
            "For those who cannot open it: what matters, also of pictures and charts. Word files with "
            "headings are easiest to read aloud."
        ),
        error_messages={"required": gettext_lazy("Say in plain words what is in it")},
    )


class LinkForm(PageFormMixin, forms.Form):
    """Something to read or bring."""

    title = forms.CharField(
        label=gettext_lazy("What it is"),
        max_length=120,
        error_messages={"required": gettext_lazy("Say what it is")},
    )
    url = forms.URLField(
        label=gettext_lazy("Its address"),
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy(
            "It begins with https://. Those who have a place see it on the session’s page."
        ),
        error_messages={
            "required": gettext_lazy("Enter its address"),
            "invalid": gettext_lazy("Enter an address in the format https://example.org/page"),
        },
    )

    def clean_url(self) -> str:
        """Refuse what is not encrypted, or no web page at all."""
        url: str = self.cleaned_data["url"]
        if not url.startswith("https://"):
            raise forms.ValidationError(gettext_lazy("Enter an address that begins with https://"))
        return url

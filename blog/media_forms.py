"""The team's forms for pictures, videos and audio of a post."""

from django import forms

from blog import body as bodies
from blog.forms import TOO_LONG
from common.forms import PageFormMixin


class PictureForm(PageFormMixin, forms.Form):
    """A picture to add."""

    file = forms.FileField(
        label="Picture",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text="JPEG, PNG, WebP or GIF, at most 10 MB. Where and when it was taken is removed.",
        error_messages={
            "required": "Choose a picture",
            "empty": "The file is empty. Save the picture again, and choose that file.",
        },
    )
    alternative_text = forms.CharField(
        label="What it shows",
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For those who cannot see it: what would you say of it on the telephone?",
        error_messages={"required": "Say what the picture shows", **TOO_LONG},
    )
    caption = forms.CharField(
        label="Caption",
        max_length=300,
        required=False,
        help_text="Stands below it: who, where, who took it.",
        error_messages=TOO_LONG,
    )


class PictureWordsForm(PictureForm):
    """What is said of a picture that is there."""

    file = None  # type: ignore[assignment]  # Django's way to leave a field out


class AudioWordsForm(PageFormMixin, forms.Form):
    """What is said of a piece of audio."""

    title = forms.CharField(label="Title", max_length=150, error_messages=TOO_LONG)
    length = forms.CharField(
        label="Length",
        max_length=40,
        help_text="For example 4 minutes.",
        error_messages={"required": "Say how long it is", **TOO_LONG},
    )
    transcript = forms.CharField(
        label="Transcript",
        max_length=bodies.MAX_BODY_CHARS,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="All that is said in it, and who says it: plain words.",
        error_messages={"required": "Give the words of the audio", **TOO_LONG},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class AudioForm(AudioWordsForm):
    """Audio to add."""

    seen = None  # type: ignore[assignment]  # Django's way to leave a field out
    file = forms.FileField(
        label="Audio file",
        widget=forms.FileInput(attrs={"accept": "audio/*"}),
        help_text="MP3, M4A or WAV, at most 50 MB. What the recorder wrote into it is removed. Everybody who "
        "speaks in it has to know that it is published. Stay here while it is sent.",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another one."},
    )
    field_order = ("file",)


class VideoForm(PageFormMixin, forms.Form):
    """A video, and its words."""

    title = forms.CharField(label="Title", max_length=150, error_messages=TOO_LONG)
    url = forms.URLField(
        label="Link",
        max_length=500,
        assume_scheme="https",
        help_text="Where it is watched. Readers go there by a link; nothing of that site is loaded here.",
        error_messages={"invalid": "Enter a link that begins with https://", **TOO_LONG},
    )
    length = forms.CharField(
        label="Length",
        max_length=40,
        required=False,
        help_text="For example 4 minutes.",
        error_messages=TOO_LONG,
    )
    transcript = forms.CharField(
        label="Transcript",
        max_length=bodies.MAX_BODY_CHARS,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="All that is said in it, and what is seen where it matters: plain words.",
        error_messages={"required": "Give the words of the video", **TOO_LONG},
    )

    def clean_url(self) -> str:
        """Refuse what is not encrypted: browsers warn of it."""
        url = str(self.cleaned_data["url"])
        if not url.lower().startswith("https://"):
            raise forms.ValidationError("Enter a link that begins with https://")
        return url

"""Forms about recordings of sessions."""

import re
from collections import Counter
from datetime import datetime
from typing import Any, Final

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat

from comments.forms import WordsField
from common.admin.fields import Moment
from common.forms import PageFormMixin
from common.times import zone_name
from common.words import counted
from events.models import Session
from recordings.models import LONGEST, Recording
from recordings.reading import clock
from recordings.transcripts import MOST_CHARS, Told

_LENGTH: Final = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d\d)")
_MOMENT: Final = {"invalid_date": "Enter a day.", "invalid_time": "Enter a time, such as 09:00."}


class LengthField(forms.CharField):
    """A length as players show it; becomes seconds."""

    def clean(self, value: Any) -> Any:
        """Read "45:10" or "1:02:03"."""
        found = _LENGTH.fullmatch(super().clean(value))
        hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
        total = hours * 3600 + minutes * 60 + seconds
        if not 1 <= total <= LONGEST or seconds > 59 or (hours and minutes > 59):
            raise forms.ValidationError("Enter a length such as 45:10 or 1:02:03")
        return total

    def prepare_value(self, value: Any) -> Any:
        """Write seconds as players do."""
        return clock(value) if isinstance(value, int) else value


class DetailsForm(PageFormMixin, forms.Form):
    """What is said of a recording; times are read in the zone that is active: the event's."""

    title = forms.CharField(label="Title", max_length=250, error_messages={"required": "Enter a title"})
    about = forms.CharField(
        label="What it is about",
        max_length=400,
        required=False,
        help_text="A sentence or two. Empty: what the session says of itself.",
    )
    seconds = LengthField(
        label="Length",
        max_length=12,
        help_text="Minutes and seconds, such as 45:10, or hours too, such as 1:02:03.",
        error_messages={"required": "Enter a length such as 45:10"},
    )
    is_separate = forms.BooleanField(
        label="It was made separately, not in the session itself",
        required=False,
        help_text="It says so to everybody. Of a session that is not recorded only such a one can be shown.",
    )
    available_from = forms.SplitDateTimeField(
        label="Available from", widget=Moment, required=False, error_messages=_MOMENT
    )
    available_until = forms.SplitDateTimeField(
        label="Available until", widget=Moment, required=False, error_messages=_MOMENT
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        zone = zone_name(session.event.time_zone)
        self.fields["available_from"].help_text = f"{zone}. Empty: as soon as it is published."
        self.fields["available_until"].help_text = f"{zone}. Empty: until it is taken down."

    def clean(self) -> dict[str, Any]:
        """It is available until after it begins to be."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("available_from"), cleaned.get("available_until")
        if isinstance(begins, datetime) and isinstance(ends, datetime) and ends <= begins:
            self.add_error("available_until", "It must end after it begins.")
        return cleaned

    @property
    def told(self) -> dict[str, Any]:
        """What is typed, once it is valid."""
        told = dict(self.cleaned_data)
        return told | {"is_of_session": not told.pop("is_separate")}

    @staticmethod
    def of(recording: Recording) -> dict[str, Any]:
        """Return what the form begins with."""
        names = ("title", "about", "seconds", "available_from", "available_until")
        told = {name: getattr(recording, name) for name in names}
        return told | {"is_separate": not recording.is_of_session}


class LinkForm(DetailsForm):
    """A recording at another site."""

    url = forms.URLField(
        label="Its address",
        max_length=500,
        assume_scheme="https",
        help_text="It begins with https://. Nothing of it loads before somebody presses.",
        error_messages={
            "required": "Enter its address",
            "invalid": "Enter an address in the format https://example.org/page",
        },
    )
    field_order = ("url",)

    def clean_url(self) -> str:
        """Refuse what is not encrypted, or no web page at all."""
        url: str = self.cleaned_data["url"]
        if not url.startswith("https://"):
            raise forms.ValidationError("Enter an address that begins with https://")
        return url


class FileForm(DetailsForm):
    """A video or audio file."""

    file = forms.FileField(
        label="Video or audio file",
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/webm,audio/*"}),
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another one."},
    )
    field_order = ("file",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = filesizeformat(settings.LARGEST_RECORDING)
        self.fields["file"].help_text = f"MP4, WebM or MP3, {most} at most. Stay here while it is sent."


class AudioForm(PageFormMixin, forms.Form):
    """The same as a video, for listening only."""

    audio = forms.FileField(
        label="Audio only",
        widget=forms.FileInput(attrs={"accept": "audio/*"}),
        help_text="An MP3 of the same, for those with little data. It takes the place of what there is.",
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another one."},
    )


class CaptionsForm(PageFormMixin, forms.Form):
    """Captions as a meeting program gave them."""

    captions = forms.FileField(
        label="Captions (.vtt)",
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
        help_text="As Zoom, Teams or Webex give them, or a captioner, in the WebVTT format.",
        error_messages={
            "required": "Choose a file that ends in .vtt",
            "empty": "The file is empty. Choose one that ends in .vtt",
        },
    )


class SpeakersForm(PageFormMixin, forms.Form):
    """Who speaks in a recording, and whose words are shown."""

    def __init__(self, *args: Any, recording: Recording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speakers = list(recording.speakers.all())
        times = Counter(cue["by"] for cue in recording.cues)
        hosts = [(one.pk, one.name) for one in recording.session.contributors.order_by("name", "pk")]
        for one in self.speakers:
            name = f"“{one.name}”" if one.name else "Whoever is not named"
            spoken = counted(times[one.number], "speaks once", "speaks %(count)s times")
            self.fields[f"who-{one.number}"] = forms.TypedChoiceField(
                label=f"{name}, {spoken}",
                choices=[("", "A participant, without a name"), *hosts],
                coerce=int,
                empty_value=None,
                required=False,
                initial=one.contributor_id,
            )
            self.fields[f"show-{one.number}"] = forms.BooleanField(
                label=f"Show what they say: {name}", required=False, initial=one.is_shown
            )

    @property
    def told(self) -> dict[int, Told]:
        """What is said of each speaker, by number, once it is valid."""
        given = self.cleaned_data
        return {
            one.number: Told(given[f"who-{one.number}"], is_shown=given[f"show-{one.number}"])
            for one in self.speakers
        }


class TranscriptForm(PageFormMixin, forms.Form):
    """What is said, as text."""

    words = WordsField(
        label="What is said, as text",
        rows=12,
        longest=MOST_CHARS,
        help_text="An empty line begins a paragraph. Say who speaks where it matters: hosts by name, nobody "
        "else.",
        error_messages={"required": "Write or paste what is said"},
    )


class AnswerForm(PageFormMixin, forms.Form):
    """Why what to take away is not published."""

    answer = WordsField(
        label="What the hosts should change",
        rows=3,
        longest=600,
        too_long="Use up to %(most)s characters.",
        help_text="They read it on their page, and can write it again.",
        error_messages={"required": "Say what the hosts should change"},
    )

"""The forms of announcements: whom to write to and what, when, and as whom to look at it."""

from typing import Any, Final
from uuid import uuid4

from django import forms
from django.templatetags.static import static
from django.utils import timezone

from blog import body as bodies
from blog.forms import EDITOR
from common.admin.fields import Moment
from common.edit_conflicts import stamp
from common.forms import PageFormMixin
from common.times import SITE_ZONE
from events.models import Event, Session, Theme
from team.announcements import audiences, placeholders
from team.announcements.writing import Words
from team.models import Announcement
from team.models_announcements import MAX_SUBJECT_CHARS, MAX_WORDS_CHARS

Audience = Announcement.Audience
TOO_LONG: Final = {"max_length": "Use at most %(limit_value)d characters; there are %(show_value)d."}
GREETING: Final = "Hello {first name},\n\n"


class SessionsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Sessions of one event, to tick."""

    widget = forms.CheckboxSelectMultiple


class AnnouncementForm(PageFormMixin, forms.Form):
    """All that is written of an announcement; sessions or a theme are asked for where they say who."""

    audience = forms.ChoiceField(
        label="To", choices=Audience.choices, widget=forms.RadioSelect, initial=Audience.MEMBERS
    )
    event = forms.ModelChoiceField(
        Event.objects.order_by("-first_day"),
        label="Event",
        required=False,
        empty_label="None",
        help_text=(
            "All but “All members” and “People waiting for approval” are people of an event. To choose "
            "sessions or a theme of it, press the second button at the end: nothing you typed is lost."
        ),
    )
    subject = forms.CharField(
        label="Subject",
        max_length=MAX_SUBJECT_CHARS,
        error_messages={"required": "Enter a subject", **TOO_LONG},
    )
    words = forms.CharField(
        label="Message",
        max_length=MAX_WORDS_CHARS,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "true"}),
        initial=GREETING,
        help_text=(
            "Leave a blank line between paragraphs. Start lines with - or 1. for a list, with ## for a "
            "heading. *Emphasis*, **strong**, [words of a link](https://example.org)."
        ),
        error_messages={"required": "Write the message", **TOO_LONG},
    )
    is_service = forms.BooleanField(
        label="They need it, whether or not they want announcements",
        required=False,
        help_text=(
            "Only for what they have to know about something that they signed up for, such as a session that "
            "they have booked. It then goes to those too who have turned announcements off."
        ),
    )
    service_reason = forms.CharField(
        label="Why they need it",
        required=False,
        max_length=200,
        help_text="Kept with the announcement.",
        error_messages=TOO_LONG,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, told: Announcement | None = None, **kwargs: Any) -> None:
        if told is not None:
            kwargs["initial"] = _values(told)
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["data-editor"] = static(EDITOR)
        audience, event = self["audience"].value(), self._event()
        if event is not None and audience in audiences.OF_SESSIONS:
            self.fields["sessions"] = SessionsField(
                Session.objects.filter(event=event).order_by("starts_at", "title"),
                label="Sessions",
                required=False,
                help_text="Tick none for all sessions of the event.",
            )
        if event is not None and audience == Audience.THEME:
            self.fields["theme"] = forms.ModelChoiceField(
                Theme.objects.filter(event=event).order_by("position", "title"),
                label="Theme",
                error_messages={"required": "Choose a theme"},
            )
        self.order_fields(["audience", "event", "theme", "sessions"])

    def _event(self) -> Event | None:
        chosen = str(self["event"].value() or "")
        known = chosen.isascii() and chosen.isdecimal() and len(chosen) < 18
        return Event.objects.filter(pk=chosen).first() if known else None

    def clean_words(self) -> str:
        """Return the message as HTML of few elements; pictures and blocks of posts are not for emails."""
        words = bodies.clean(self.cleaned_data["words"])
        if bodies.MARKER.search(words):
            raise forms.ValidationError("Pictures, videos and blocks of posts are not shown in emails.")
        if not bodies.plain(words):
            raise forms.ValidationError("Write the message")
        return words

    def clean(self) -> dict[str, Any]:
        """Placeholders must be known, an audience of an event needs one, a service has a reason."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        event, audience = cleaned.get("event"), cleaned.get("audience")
        if audience in audiences.OF_THE_COMMUNITY:
            pass
        elif audience and "event" in cleaned and event is None:
            self.add_error("event", "Choose the event whose people you write to")
        if audience == Audience.THEME and event is not None and "theme" not in self.fields:
            self.add_error("audience", "Press “Choose sessions or a theme”, and choose the theme")
        for name in ("subject", "words"):
            for mistake in placeholders.mistakes(cleaned.get(name, ""), event):
                self.add_error(name, mistake)
        self._check_service(cleaned)
        return cleaned

    def _check_service(self, cleaned: dict[str, Any]) -> None:
        is_service, reason = cleaned.get("is_service"), cleaned.get("service_reason")
        if is_service and not reason:
            self.add_error("service_reason", "Say why everybody needs it")
        if cleaned.get("audience") == Audience.HOSTS and not is_service:
            self.add_error(
                "is_service",
                "Hosts without an account have no email choices: tick this and say why they need it",
            )
        if not is_service:
            cleaned["service_reason"] = ""

    def written(self) -> Words:
        """Return what the rule is called with."""
        values = self.cleaned_data
        return Words(
            audience=values["audience"],
            event=values["event"],
            theme=values.get("theme"),
            sessions=values.get("sessions") or (),
            subject=values["subject"],
            words=values["words"],
            service_reason=values["service_reason"],
        )


class ScheduleForm(PageFormMixin, forms.Form):
    """When it goes out, in the time of its event; ``seen`` says which state of it was on the screen."""

    moment = forms.SplitDateTimeField(
        label="Day and time",
        widget=Moment,
        error_messages={
            "required": "Say when: a day and a time",
            "invalid_date": "Enter a day",
            "invalid_time": "Enter a time, such as 09:00",
        },
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, told: Announcement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = stamp(told)
        self.zone = told.event.zone if told.event else SITE_ZONE

    def full_clean(self) -> None:
        """Read what is typed in the time of the event."""
        with timezone.override(self.zone):
            super().full_clean()


def submission() -> str:
    """Return a number for a form that is pressed once."""
    return str(uuid4())


def _values(told: Announcement) -> dict[str, Any]:
    names = ("audience", "event", "theme", "subject", "words", "service_reason")
    values = {name: getattr(told, f"{name}_id" if name in ("event", "theme") else name) for name in names}
    sessions = list(told.sessions.values_list("pk", flat=True))
    return values | {"sessions": sessions, "is_service": told.is_service, "seen": stamp(told)}

"""The team's forms for posts, and what they are filled with."""

from typing import Any, ClassVar, cast

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from blog import body as bodies
from blog.editing import bylines
from blog.editing.saving import WORDS, Byline, Changes, has_been_public
from blog.models import Post, UnsavedDraft
from common.admin.fields import Moment
from common.edit_conflicts import stamp
from common.forms import PageFormMixin
from events.models import Event, Session, Theme

EDITOR = "django_prose_editor/editor.js"
TOO_LONG = {"max_length": gettext_lazy("Use at most %(limit_value)d characters; there are %(show_value)d.")}


class TitleForm(PageFormMixin, forms.Form):
    """A new post: all else comes after it."""

    title = forms.CharField(
        label="Title",
        max_length=150,
        help_text="Its address is made of it. Both can be changed until it is published.",
        error_messages=TOO_LONG,
    )


class ThemesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Themes with the event that they belong to."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Return "Equity (Event 2026)"."""
        return f"{obj.title} ({obj.event})"


class SessionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A session with its event."""

    def label_from_instance(self, obj: Any) -> str:
        """Return "Flow (Event 2026)"."""
        return f"{obj.title} ({obj.event})"


class PostForm(PageFormMixin, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """All that an editor writes of a post. ``seen`` says which state of it they opened."""

    title = forms.CharField(label="Title", max_length=150, error_messages=TOO_LONG)
    standfirst = forms.CharField(
        label="Standfirst",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two sentences that say what it is about. They stand below the title and in lists.",
        error_messages=TOO_LONG,
    )
    body = forms.CharField(
        label="Text",
        max_length=bodies.MAX_BODY_CHARS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
        help_text=(
            "Leave a blank line between paragraphs. Start lines with - or 1. for a list, with ## for a "
            "heading, with > for a quote. *Emphasis*, **strong**, [words of a link](https://example.org). "
            "HTML is fine too."
        ),
        error_messages=TOO_LONG,
    )
    authors = forms.CharField(
        label="Authors",
        max_length=8_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=(
            "One a line. A member’s name or email address, or any other name; a role behind a comma: "
            "Flo Nightingale, Ward 7. Addresses are never shown."
        ),
        error_messages=TOO_LONG,
    )
    event = forms.ModelChoiceField(Event.objects.order_by("-first_day"), required=False, empty_label="None")
    session = SessionField(
        Session.objects.public().select_related("event").order_by("-event__first_day", "title"),
        required=False,
        empty_label="None",
    )
    themes = ThemesField(
        Theme.objects.select_related("event").order_by("-event__first_day", "position", "title"),
        required=False,
    )
    comments_close_at = forms.SplitDateTimeField(
        label="Comments close",
        required=False,
        widget=Moment,
        help_text="UK and Ireland time. Blank leaves them open.",
        error_messages={"invalid_date": "Enter a day.", "invalid_time": "Enter a time, such as 17:00."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Post
        fields: ClassVar[list[str]] = [
            *("title", "standfirst", "body", "authors", "kind", "lead_picture"),
            *("event", "session", "themes", "comment_policy", "comments_close_at", "slug"),
        ]
        widgets = {"comment_policy": forms.RadioSelect}
        labels = {"comment_policy": "Who may comment, and what waits"}
        error_messages = {"slug": {"unique": "Another post has this address. Choose another one."}}
        help_texts = {
            "lead_picture": "It stands above the text, in lists, and where others link to the post.",
            "slug": "The end of its address: letters, figures and hyphens. It stays once readers know it.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = stamp(self.instance)
        self.fields["body"].widget.attrs["data-editor"] = static(EDITOR)
        self.fields["authors"].initial = bylines.written(self.instance.authors.select_related("member"))
        pictures: Any = self.fields["lead_picture"]
        pictures.queryset = self.instance.pictures.all()
        pictures.empty_label = "None"
        if has_been_public(self.instance, timezone.now()):
            del self.fields["slug"]
        themes: Any = self.fields["themes"]
        themes.choices = list(iter(themes.choices))  # asked for once; without iter its length would be, too
        if not themes.choices:
            del self.fields["themes"]
        self.helper.layout = Layout(
            *("title", "standfirst", "body", "authors", "kind", "lead_picture"),
            Fieldset("What it is about", *self._there("event", "session", "themes")),
            Fieldset("Comments", "comment_policy", "comments_close_at"),
            *self._there("slug", "seen"),
        )

    def _there(self, *names: str) -> list[str]:
        return [name for name in names if name in self.fields]

    @classmethod
    def with_typed(cls, post: Post, kept: UnsavedDraft) -> "PostForm":
        """Return the form filled with what its editor had typed and not saved."""
        form = cls(instance=post)
        form.initial.update(title=kept.title, standfirst=kept.standfirst, body=kept.body)
        sent: QueryDict = QueryDict(mutable=True)
        for name, answers in kept.facts.items():
            sent.setlist(name, answers)
        for name, field in form.fields.items():
            if any(one in sent for one in _sent_names(name, field)):
                form.initial[name] = field.widget.value_from_datadict(sent, MultiValueDict(), name)
        return form

    def facts(self) -> dict[str, list[str]]:
        """Return what was sent beside the words and says anything else than the post, by the sent name."""
        changed = [name for name in self.changed_data if name not in (*WORDS, "seen")]
        names = [one for name in changed for one in _sent_names(name, self.fields[name])]
        sent = cast(QueryDict, self.data)
        return {name: sent.getlist(name) for name in names}

    def clean_authors(self) -> list[Byline]:
        """Find the members among the names."""
        known = set(self.instance.authors.values_list("member_id", flat=True)) | {
            self.instance.proposed_by_id
        }
        return bylines.parse_bylines(self.cleaned_data["authors"], known=known)

    def clean(self) -> dict[str, Any]:
        """A session belongs to its event: without one the post gets that, with another it is refused."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        event, session = cleaned.get("event"), cleaned.get("session")
        if session is not None and event is None and "event" in cleaned:
            cleaned["event"] = session.event
        elif session is not None and event is not None and session.event_id != event.pk:
            self.add_error(
                "session", f"This session is of {session.event}. Choose that event, or another session."
            )
        return cleaned

    def changes(self) -> Changes:
        """Return what the rule is called with."""
        values: Any = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        changes: Changes = values
        return changes


def _sent_names(name: str, field: forms.Field) -> list[str]:
    """Return the names under which a browser sends a field: a day and a time are two."""
    return [f"{name}{end}" for end in getattr(field.widget, "widgets_names", [""])]


class PublishForm(PageFormMixin, forms.Form):
    """When readers see a post."""

    when = forms.ChoiceField(
        label="When",
        choices=[("now", "Now"), ("later", "At the time below")],
        widget=forms.RadioSelect,
        initial="now",
    )
    moment = forms.SplitDateTimeField(
        label="Day and time",
        required=False,
        widget=Moment,
        help_text="UK and Ireland time. It comes out by itself at that minute.",
        error_messages={"invalid_date": "Enter a day.", "invalid_time": "Enter a time, such as 09:00."},
    )

    def clean(self) -> dict[str, Any]:
        """A time to come is needed for later, and for nothing else."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        moment = cleaned.get("moment")
        if cleaned.get("when") == "now":
            cleaned["moment"] = None
        elif cleaned.get("when") == "later" and "moment" in cleaned:
            if moment is None:
                self.add_error("moment", "Say when: a day and a time.")
            elif moment <= timezone.now():
                self.add_error("moment", "This time is past. Choose a later one, or publish it now.")
        return cleaned


class WithdrawForm(PageFormMixin, forms.Form):
    """Why a post is taken away."""

    reason = forms.CharField(
        label="What readers are told",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "One sentence, at the post’s address in place of it. "
            "For example: We have withdrawn this post because its numbers were wrong."
        ),
        error_messages={"required": "Say in a sentence why", **TOO_LONG},
    )

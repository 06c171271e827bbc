"""The forms of the conversation: the box, editing, reporting, asking to look again.

The box carries an id of its own (pressing twice is one comment), when it was opened, signed, and a trap: a
field that no person sees, which programs fill in. What is wrong with these is never held against anybody in
words; the rules decide what it means.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models import Post
from comments.models import Comment, Report
from comments.writing.authoring import MAX_BODY_CHARS, Guest, Sent
from common.forms import PageFormMixin, reached, set_trap
from common.names import validate_name
from common.plain_text import validate_lines
from common.words import in_digits
from members.models import Member

#: Whatever is said beside a longer one.
TOO_LONG: Final = gettext_lazy("A comment can have %(most)s characters. Shorten it, or post it in two parts.")
#: Words to the team: a reason, not an essay.
MAX_REASON_CHARS: Final = 2000
TOO_MANY_WORDS: Final = gettext_lazy("Use up to %(most)s characters.")
_SALT: Final = "comments.box"


class WordsField(forms.CharField):
    """Some lines of plain text; a line break is one character of them, as it is kept (browsers send two).

    ``too_long`` is what is said of more than ``longest``, its figure as ``%(most)s``.
    """

    def __init__(
        self,
        *,
        rows: int = 6,
        longest: int = MAX_BODY_CHARS,
        too_long: str | Promise = TOO_LONG,
        **kwargs: Any,
    ) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), **kwargs)
        self.longest, self.too_long = longest, too_long
        # The mixin of pages gives this to fields of Django's own class only.
        self.validators.append(validate_lines)

    def validate(self, value: str) -> None:
        """Refuse what is empty, or longer than it may be."""
        super().validate(value)
        if len(value.replace("\r\n", "\n")) > self.longest:
            raise forms.ValidationError(str(self.too_long) % {"most": in_digits(self.longest)})


class CommentForm(PageFormMixin, forms.Form):
    """The box: a comment, and whose it is where nobody is logged in."""

    body = WordsField(
        label=gettext_lazy("Your comment"),
        error_messages={"required": gettext_lazy("Write your comment.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=150,
        validators=[validate_name],
        help_text=gettext_lazy("It stands beside your comment."),
    )
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        max_length=254,
        help_text=gettext_lazy(
            "This will not be publicly visible. We tell you there what becomes of your comment, and "
            "erase it after 90 days unless you follow the conversation."
        ),
    )
    follows = forms.BooleanField(label=gettext_lazy("Email me when somebody replies"), required=False)
    submission = forms.CharField(required=False, widget=forms.HiddenInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, member: Member | None, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.at = member, at
        most = in_digits(MAX_BODY_CHARS)
        self.fields["body"].help_text = _("Up to %(most)s characters. Please name no patient.") % {
            "most": most
        }
        if member is not None:
            del self.fields["name"], self.fields["email"]
        for own, value in own_values(at).items():
            self.fields[own].initial = value
        set_trap(self)

    def clean_email(self) -> str:
        """Refuse what no mail of ours reaches."""
        return reached(self.cleaned_data["email"])

    @property
    def by(self) -> Member | Guest:
        """Who speaks."""
        return self.member or Guest(self.cleaned_data["name"], self.cleaned_data["email"])

    def sent(self, post: Post, reply_to: Comment | None) -> Sent:
        """How it was sent. Another comment from the same box (they went back) is another submission."""
        who = self.member.pk if self.member else self.cleaned_data["email"].lower()
        said = f"{post.pk}:{reply_to.pk if reply_to else ''}:{who}:{self.cleaned_data['body']}"
        return Sent(
            submission=uuid5(_form_id(self.cleaned_data["submission"]), said),
            took=_took(self.cleaned_data["opened"], self.at),
            fell_into_trap=bool(self.cleaned_data["website"]),
            follows=self.cleaned_data["follows"],
        )

    def is_valid_to_log_in(self) -> bool:
        """Whether the words, if there are any, can be kept while they log in; whose they are shows then."""
        for name in ("body", "name", "email"):
            self.fields[name].required = False
        return not self.has_error("body")


class EditForm(PageFormMixin, forms.Form):
    """The words of a comment that is there."""

    body = WordsField(
        label=gettext_lazy("Your comment"), error_messages={"required": gettext_lazy("Write your comment.")}
    )


class ReportForm(PageFormMixin, forms.Form):
    """Why a comment should be looked at."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong with it")},
    )
    words = WordsField(
        longest=MAX_REASON_CHARS,
        too_long=TOO_MANY_WORDS,
        label=gettext_lazy("In your words"),
        required=False,
        rows=4,
        help_text=gettext_lazy("Only moderators read this."),
    )


class LookAgainForm(PageFormMixin, forms.Form):
    """Why a decision should be looked at again."""

    words = WordsField(
        longest=MAX_REASON_CHARS,
        too_long=TOO_MANY_WORDS,
        label=gettext_lazy("Why should we look again?"),
        required=False,
        rows=4,
        help_text=gettext_lazy("Another moderator reads this, where there is one."),
    )


def own_values(at: datetime) -> dict[str, str]:
    """Return what each opening of the box has of its own, by field: its id, and when it was, signed."""
    return {"submission": str(uuid4()), "opened": Signer(salt=_SALT).sign(str(int(at.timestamp())))}


def _form_id(told: str) -> UUID:
    """Return the id that the box carried; whoever made up what is none gets another."""
    try:
        return UUID(told)
    except ValueError:
        return uuid4()


def _took(opened: str, at: datetime) -> timedelta:
    """Return how long the box was open; no time at all where that was made up."""
    try:
        seconds = int(Signer(salt=_SALT).unsign(opened))
    except (BadSignature, ValueError):
        return timedelta(0)
    return at - datetime.fromtimestamp(seconds, UTC)

"""The forms of moderation: why a comment is not published, an answer to it, its words made impersonal."""

from typing import Any
from uuid import UUID, uuid4

from django import forms

from comments.forms import MAX_REASON_CHARS, TOO_MANY_WORDS, WordsField
from comments.models import Comment, Decision
from comments.moderation.canned_replies import words_for
from common.forms import PageFormMixin


class ReasonForm(PageFormMixin, forms.Form):
    """Why, and in which words its author is told; empty words are those that are kept for the reason."""

    reason = forms.ChoiceField(
        choices=Decision.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason"},
        help_text="It is recorded, and its author reads it.",
    )
    words = WordsField(
        longest=MAX_REASON_CHARS,
        too_long=TOO_MANY_WORDS,
        label="Words to the author",
        required=False,
        rows=5,
        help_text="Leave this empty to send the usual words for the reason. Change them as you like.",
    )

    def clean_words(self) -> str:
        """Return the words with line breaks as they are kept."""
        return _kept(self.cleaned_data["words"])

    def clean(self) -> dict[str, Any]:
        """Fill in the usual words; another reason needs words of one's own."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        reason = cleaned.get("reason", "")
        if reason and not self.errors.get("words") and not cleaned.get("words"):
            cleaned["words"] = words_for(reason)
            if not cleaned["words"]:
                self.add_error("words", "Say why: there are no usual words for another reason.")
        return cleaned


class ReplyForm(PageFormMixin, forms.Form):
    """An answer to a comment, published with it."""

    body = WordsField(
        label="Your reply",
        help_text="It is published below the comment, under your name.",
        error_messages={"required": "Write your reply."},
    )
    submission = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = str(uuid4())

    def clean_submission(self) -> UUID:
        """Return the sending's own id, so that pressing twice is one reply; a new one for what is none."""
        try:
            return UUID(self.cleaned_data["submission"])
        except ValueError:
            return uuid4()


class RedactForm(PageFormMixin, forms.Form):
    """The words of a comment, to take out what is personal."""

    body = WordsField(
        label="The comment",
        rows=10,
        help_text="Take out what is personal and leave the rest as its author wrote it. The comment says "
        "that this was done.",
        error_messages={
            "required": "Leave the rest of the words. To take all of it away, remove the comment."
        },
    )

    def clean_body(self) -> str:
        """Return the words with line breaks as a comment keeps them: what is unchanged is known by it."""
        return _kept(self.cleaned_data["body"])


def reason_form(data: Any, _comment: Comment, ids: str) -> ReasonForm:
    """Return the form that asks for a reason; ``ids`` are those of its fields, as Django's ``auto_id``."""
    return ReasonForm(data, auto_id=ids)


def reply_form(data: Any, _comment: Comment, ids: str) -> ReplyForm:
    """Return the form for an answer."""
    return ReplyForm(data, auto_id=ids)


def redact_form(data: Any, comment: Comment, ids: str) -> RedactForm:
    """Return the form that takes personal data out, with the comment's words."""
    return RedactForm(data, auto_id=ids, initial={"body": comment.body})


def _kept(words: str) -> str:
    return words.replace("\r\n", "\n")


class PostFilterForm(forms.Form):
    """Which post the queues are of."""

    post = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, posts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **({"label_suffix": ""} | kwargs))
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", "All posts"), *posts]

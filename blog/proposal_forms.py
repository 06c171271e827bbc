"""The form in which a member proposes a post."""

from django import forms
from django.utils.translation import gettext_lazy

from blog import body as bodies
from blog.editing.proposals import Proposal, typed
from blog.forms import TOO_LONG
from blog.models import Post
from common.edit_conflicts import stamp
from common.forms import PageFormMixin


class ProposalForm(PageFormMixin, forms.Form):
    """A post that a member writes."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=150,
        error_messages={"required": gettext_lazy("Enter a title"), **TOO_LONG},
    )
    text = forms.CharField(
        label=gettext_lazy("Your text"),
        max_length=bodies.MAX_BODY_CHARS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
        help_text=gettext_lazy(
            "Write it here or paste it. Plain words are fine; leave a blank line between paragraphs. "
            "Please name no patient. You can save without it, and need it to send."
        ),
        error_messages=TOO_LONG,
    )
    note = forms.CharField(
        label=gettext_lazy("Anything the editors should know"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "For example who wrote it with you, or that you have pictures. It is not published."
        ),
        error_messages=TOO_LONG,
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, post: Post) -> "ProposalForm":
        """Return the form filled with what they have written."""
        values = {"title": post.title, "text": typed(post), "note": post.proposal_note, "seen": stamp(post)}
        return cls(initial=values)

    def proposal(self) -> Proposal:
        """Return what the rule is called with."""
        values = self.cleaned_data
        return Proposal(values["title"], values["text"], values["note"])

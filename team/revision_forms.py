"""Choosing two revisions to compare, in the address."""

from collections.abc import Sequence

from django import forms

from blog.models import Revision
from common.times import SITE_ZONE, short_moment


class CompareForm(forms.Form):
    """Two of the revisions."""

    old = forms.ChoiceField(label="From", required=False)
    new = forms.ChoiceField(label="To", required=False)

    def __init__(self, revisions: Sequence[Revision], *, old: int = 0, new: int = 0) -> None:
        newest = revisions[0].number
        super().__init__(
            initial={"old": str(old or max(1, newest - 1)), "new": str(new or newest)},
            use_required_attribute=False,
        )
        choices = [(str(one.number), _named(one)) for one in revisions]
        for field in self.fields.values():
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # both are
            field.choices = choices


def number_of(asked: str) -> int:
    """Return the number that an address names; 0, which no revision has, for whatever is none."""
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0


def _named(revision: Revision) -> str:
    """Name it as its list does; who saved twice in a row is told apart by the moment."""
    moment = short_moment(revision.saved_at, SITE_ZONE)
    return f"Revision {revision.number}: {moment}, {revision.saved_by or 'somebody'}"

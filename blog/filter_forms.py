"""The filters of the list of posts."""

from typing import Final

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models import Post
from blog.reading.lists import Options, Wanted
from common import languages
from common.recent import Recent

TEMPLATE: Final = "blog/_filters.html"
#: Each with what it offers and says; a few kilobytes each.
_kept: Recent[SafeString] = Recent(64)


class PostFilterForm(forms.Form):
    """Shows the filters as they stand; ``Options.wanted`` reads them. One choice alone is none."""

    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)

    def __init__(self, wanted: Wanted, options: Options) -> None:
        super().__init__(
            initial={"theme": wanted.theme, "year": wanted.year, "type": wanted.kind},
            use_required_attribute=False,
        )
        offered = (
            ("theme", _("All themes"), options.themes),
            ("year", _("All years"), options.years),
            ("type", _("All types"), list(Post.Kind.choices)),
        )
        for name, every, choices in offered:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
            field.choices = [("", every), *choices]
            if not choices:
                del self.fields[name]


def written(wanted: Wanted, options: Options, result: str) -> SafeString:
    """Return the filters above a list, with ``result`` in words: written once for all who see the same."""
    return _kept.get(
        (wanted, tuple(options.themes), tuple(options.years), result, languages.current()),
        lambda: render_to_string(
            TEMPLATE,
            {"form": PostFilterForm(wanted, options), "active": bool(wanted), "result": result},
        ),
    )

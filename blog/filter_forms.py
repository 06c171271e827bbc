"""The filters of the list of posts."""

from django import forms

from blog.models import Post
from blog.reading.lists import Options, Wanted


class PostFilterForm(forms.Form):
    """Shows the filters as they stand; ``Options.wanted`` reads them. One choice alone is none."""

    theme = forms.ChoiceField(required=False)
    year = forms.ChoiceField(required=False)
    type = forms.ChoiceField(required=False)

    def __init__(self, wanted: Wanted, options: Options) -> None:
        super().__init__(
            initial={"theme": wanted.theme, "year": wanted.year, "type": wanted.kind},
            use_required_attribute=False,
        )
        offered = (
            ("theme", "All themes", options.themes),
            ("year", "All years", options.years),
            ("type", "All types", list(Post.Kind.choices)),
        )
        for name, every, choices in offered:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
            field.choices = [("", every), *choices]
            if not choices:
                del self.fields[name]

"""What letters need in both their parts: words of any direction that leave those around them alone."""

import unicodedata
from typing import Final

from django import template
from django.template import Context
from django.utils.safestring import SafeString

register = template.Library()

#: First strong isolate and its end (UAX 9). A mail program that ignores <bdi> knows these.
ISOLATE: Final = "\u2068"
END: Final = "\u2069"


@register.filter
def isolated(words: str) -> str:
    """Shut in a name or title that holds letters written from right to left; leave all others as they are."""
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in str(words)):
        return f"{ISOLATE}{words}{END}"
    return str(words)


@register.simple_tag(takes_context=True)
def included(context: Context, name: str, **variables: object) -> SafeString:
    """Return what the template ``name`` says of these variables, to stand inside a translated sentence."""
    assert context.template is not None, "a tag is shown by a template"  # noqa: S101  # narrows the type
    return context.template.engine.get_template(name).render(context.new(variables))

"""What a document says of its own language."""

from django import template
from django.utils.translation import get_language_bidi

from common import languages

register = template.Library()


@register.simple_tag
def language_tag() -> str:
    """Name the language that is written in (BCP 47): "en-GB"."""
    return languages.tag()


@register.simple_tag
def language_locale() -> str:
    """Name the language as other sites read it (ogp.me): "en_GB"."""
    return languages.tag().replace("-", "_")


@register.simple_tag
def language_direction() -> str:
    """Say which way it is read: "ltr" or "rtl"."""
    return "rtl" if get_language_bidi() else "ltr"

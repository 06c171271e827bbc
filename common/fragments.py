"""Parts of pages that say the same to whoever sees the same values: each is written once for them."""

from collections.abc import Hashable
from functools import lru_cache

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from common import languages


def written(template: str, **values: Hashable) -> SafeString:
    """Return what ``template`` says of ``values`` and nothing else: kept under them, and the language.

    Values are equal only where they look alike, which two readings of a row are not: ``TypeError``. Nothing
    in it may look at the clock.
    """
    if any(isinstance(value, Model) for value in values.values()):
        raise TypeError(f"{template} is given a record, which is equal to what it was before.")
    return _written(template, languages.current(), **values)


# By type as well: words that are safe are equal to the same ones that must be escaped.
@lru_cache(maxsize=256, typed=True)
def _written(template: str, _language: str, **values: Hashable) -> SafeString:
    return render_to_string(template, values)

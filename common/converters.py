"""Converters of parts of addresses."""

from django.urls.converters import StringConverter


class WordsConverter(StringConverter):
    """A slug in any script: letters, figures, hyphens and underscores, as ``SlugField(allow_unicode)``."""

    regex = r"[-\w]+"

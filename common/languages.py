"""Which languages the site speaks, and in which one somebody is answered.

The site's own is ``LANGUAGE_CODE``; ``LANGUAGES`` has the others besides. While it has one, there is nothing
to choose: no page asks, no answer varies.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

# Under another name: its texts are those of whoever calls ``gettext`` below.
from django.utils.translation import gettext as of_django

#: Members without a wish, and messages from before there were languages: the site's own.
NO_WISH: Final = ""


def spoken() -> Mapping[str, str]:
    """Return the languages that the site speaks, each by its code and its own name."""
    return dict(settings.LANGUAGES)


def is_a_choice() -> bool:
    """Whether there is more than one."""
    return len(settings.LANGUAGES) > 1


def current() -> str:
    """Return the language that is written in now, to keep texts by; nearly free while there is one."""
    if len(settings.LANGUAGES) == 1:
        return settings.LANGUAGE_CODE
    return translation.get_language() or settings.LANGUAGE_CODE


def gettext(text: str) -> str:
    """Translate as Django's does, each text once: for pages that say the same few hundreds of times."""
    return _looked_up(text, current())


@lru_cache(maxsize=4096)
def _looked_up(text: str, _language: str) -> str:
    return of_django(text)


def spoken_or_own(code: str) -> str:
    """Return ``code`` where the site speaks that language, otherwise the site's own."""
    return code if code in spoken() else settings.LANGUAGE_CODE


def of_member(member: object) -> str:
    """Return the language in which a member (or nobody) is written to."""
    return spoken_or_own(getattr(member, "language", NO_WISH))


def of_request(request: HttpRequest) -> str:
    """Return the language of an answer: the member's own, else what was chosen here, else what is asked.

    Costs a query where nobody has asked yet who is logged in.
    """
    own = getattr(getattr(request, "user", None), "language", NO_WISH)
    return own if own in spoken() else translation.get_language_from_request(request)


def tag(code: str | None = None) -> str:
    """Return how pages and emails name a language (BCP 47): "en-GB"; without ``code``, the active one."""
    code = code or translation.get_language() or settings.LANGUAGE_CODE
    return translation.to_locale(code).replace("_", "-")

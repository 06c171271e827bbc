"""Who refuses cookies is told before they type: no form of the site can be taken from them.

Nothing about a first request tells whether the browser will keep the cookie that comes with its answer. So
a form brings a style sheet, which is asked for with the cookie or without it, and shows the notice in its
place. It needs no script and no second page. Only browsers that say what they ask for (Fetch Metadata, W3C)
get it: others might show what ``hidden`` hides. Whatever else refuses cookies is told when the form arrives.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

TITLE: Final = gettext_lazy("Cookies are off")
#: What is so, why, and what to do.
WORDS: Final = gettext_lazy(
    "Your browser keeps no cookies for this site, so we cannot take what you send. Allow cookies for this "
    "site in the settings of your browser, then load this page again. We set only the cookies that this page "
    "needs."
)
#: The same, to who has pressed already.
PRESSED: Final = gettext_lazy(
    "Your browser sent no cookie of this site, so nothing has been sent. Allow cookies for this site in the "
    "settings of your browser, then press the button again. We set only the cookies that this page needs."
)
#: Shows the notice; stronger than ``hidden``.
NOTICE_SHOWN_STYLE: Final = ".notice.cookies-off { display: flex !important; }\n"


def came_back(request: HttpRequest) -> bool:
    """Whether the browser sent the cookie that every page with a form sets."""
    return settings.CSRF_COOKIE_NAME in request.COOKIES


def has_to_be_asked(request: HttpRequest) -> bool:
    """Whether a form of this page should find out, which then does: once a page."""
    is_open = is_open_question(request)
    is_told(request)
    return is_open


def is_open_question(request: HttpRequest) -> bool:
    """Whether nothing on a page has found out yet, where no cookie came and styles are read."""
    is_known = getattr(request, "_is_told_of_cookies", False)
    is_read = request.method == "GET" and request.headers.get("Sec-Fetch-Dest") == "document"
    return is_read and not is_known and not came_back(request)


def is_told(request: HttpRequest) -> None:
    """Note that the page says all there is to say about cookies."""
    request._is_told_of_cookies = True  # type: ignore[attr-defined]  # goes with the request

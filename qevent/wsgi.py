"""The WSGI application that the web server loads."""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qevent.settings")

CHARSET = re.compile(r";\s*charset[^;]*", re.IGNORECASE)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def as_utf8(handler: Application) -> Application:
    """Read every request as UTF-8, whatever encoding it claims.

    Python knows encodings that are not of text ("hex"); Django looks a claimed one up before any of its own
    handling of errors begins, so that one header would make an error of every page.
    """

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "CONTENT_TYPE" in environ:
            environ["CONTENT_TYPE"] = CHARSET.sub("", environ["CONTENT_TYPE"])
        return handler(environ, start_response)

    return application


application = as_utf8(get_wsgi_application())

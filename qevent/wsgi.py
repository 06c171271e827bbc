"""The WSGI application that the web server loads."""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from common import turns

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


class Sent:
    """What is sent with a request, read while others have their turn: a video may take minutes."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, *size: int) -> bytes:
        """Read as much, or all that is left."""
        with turns.others_go_first():
            return bytes(self._stream.read(*size))

    def readline(self, *size: int) -> bytes:
        """Read one line of it."""
        with turns.others_go_first():
            return bytes(self._stream.readline(*size))


def one_at_a_time(handler: Application) -> Application:
    """Answer one request at a time in each process, whatever its threads."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["wsgi.input"] = Sent(environ["wsgi.input"])
        with turns.taken():
            return handler(environ, start_response)

    return application


application = as_utf8(one_at_a_time(get_wsgi_application()))

"""Serves the page that is looked at, and the site's files, to a browser that keeps files as browsers do.

A page is answered with its own headers, at whatever address it is asked for; what stands in a frame is left
empty. Playwright's own way to answer for a site goes through three processes for every file of every page.
"""

import functools
import threading
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit

import brotli
from django.contrib.staticfiles.views import serve
from django.http import Http404
from django.test import RequestFactory
from django.views.i18n import JavaScriptCatalog

from tests.contracts.pages.blog import PIXEL
from tests.contracts.pages.catalogue import Page

#: Pictures of the content are counted aside: what they weigh is their editors' choice of three widths.
PICTURES = "/media/"
WORDS_OF_THE_ADMIN = "/admin/jsi18n/"
UNSENT = ("Content-Length", "Set-Cookie")


@functools.cache
def file(path: str) -> tuple[bytes, str, int]:
    """Return a file of the site, its type, and how many bytes it takes on the wire in production.

    Raises ``Http404`` where there is none.
    """
    if path.startswith(PICTURES):
        return PIXEL, "image/webp", len(PIXEL)
    asked = RequestFactory().get(path)
    if path == WORDS_OF_THE_ADMIN:
        answer = JavaScriptCatalog.as_view(packages=["django.contrib.admin"])(asked)
    else:
        answer = serve(asked, path.removeprefix("/static/"), insecure=True)
    content = b"".join(answer)
    answer.close()
    return content, answer.headers["Content-Type"], len(brotli.compress(content))


class Server(ThreadingHTTPServer):
    """Answers for the site while it is entered; ``page`` is the page that is shown."""

    daemon_threads = True
    page: Page | None = None

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        wanted = self.headers.get("Sec-Fetch-Dest")
        page = self.server.page
        if wanted == "document" and page is not None:
            own = {name: value for name, value in page.headers.items() if name not in UNSENT}
            self._answer(HTTPStatus.OK, own, page.html.encode())
        elif wanted in ("iframe", "frame"):
            self._answer(HTTPStatus.NO_CONTENT, {}, b"")
        else:
            self._answer_file()

    def _answer_file(self) -> None:
        try:
            content, kind, _ = file(urlsplit(self.path).path)
        except Http404:
            self._answer(HTTPStatus.NOT_FOUND, {}, b"")
        else:
            self._answer(HTTPStatus.OK, {"Content-Type": kind, "Cache-Control": "max-age=86400"}, content)

    def _answer(self, status: HTTPStatus, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(body)))
        with suppress(ConnectionError):  # the next page is looked at already
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: what the browser says is looked at."""

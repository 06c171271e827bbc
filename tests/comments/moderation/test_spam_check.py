"""The optional outside opinion: off by default, asked by a worker, believed about what waits only."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from comments.models import Comment
from comments.moderation import decisions, spam_check
from tests import make
from tests.comments.conversation import GWEN, moderator, says, trusted
from tests.make import NOW

pytestmark = pytest.mark.django_db


class Service(HTTPServer):
    """Says of every comment what the test wants; keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.says, self.greeting = b"true", b""
        self.asked: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/1.1/comment-check"


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append({name: values[0] for name, values in parse_qs(body).items()})
        if self.server.greeting:
            self.wfile.write(self.server.greeting)
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.server.says)

    def log_message(self, *args) -> None:
        """Say nothing."""


@pytest.fixture
def service(settings, site_address) -> Iterator[Service]:
    server = Service()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.AKISMET_KEY, settings.AKISMET_URL = "key", server.url
    yield server
    server.shutdown()
    server.server_close()


def check(comment):
    return spam_check.check(comment.pk, ip="192.0.2.7", browser="Firefox", at=NOW)


def now(comment):
    return Comment.objects.values_list("status", "held_for").get(pk=comment.pk)


def test_nothing_is_asked_by_default(service, settings):
    settings.AKISMET_KEY = ""

    assert (check(says(make.post(), GWEN)), service.asked) == (False, [])


def test_what_the_service_takes_for_spam_moves_there(service):
    comment = says(make.post(slug="rotas"), GWEN, "Buy this")

    assert (check(comment), now(comment)) == (True, ("spam", "spam-check"))
    assert service.asked == [
        {
            "api_key": "key",
            "blog": "https://events.example.org",
            "user_ip": "192.0.2.7",
            "user_agent": "Firefox",
            "permalink": "https://events.example.org/blog/rotas/",
            "comment_type": "comment",
            "comment_author": "Gwen",
            "comment_content": "Buy this",
        }
    ]


@pytest.mark.parametrize("answer", [b"false", b"invalid", b""])
def test_whatever_else_it_says_changes_nothing(service, answer):
    service.says = answer
    comment = says(make.post(), GWEN)

    assert (check(comment), now(comment)) == (False, ("pending", "guest"))


def test_a_service_that_does_not_answer_changes_nothing(service, settings):
    comment = says(make.post(), GWEN)
    settings.AKISMET_URL = "http://127.0.0.1:1/"

    assert (check(comment), now(comment)) == (False, ("pending", "guest"))


def test_a_service_that_does_not_speak_http_changes_nothing(service):
    comment = says(make.post(), GWEN)
    service.greeting = b"SSH-2.0-OpenSSH\r\n"

    assert (check(comment), now(comment)) == (False, ("pending", "guest"))


def test_what_is_public_or_gone_is_not_asked_about(service):
    comment = says(make.post(), trusted())
    service.asked.clear()

    assert (check(comment), service.asked) == (False, [])
    assert spam_check.check(0, ip="", browser="", at=NOW) is False


def test_what_happened_while_the_service_thought_stands():
    post = make.post()
    comment, edited = says(post, GWEN), says(post, GWEN, "More words.")
    asked = comment.version, edited.version
    decisions.publish(comment, by=moderator(), at=NOW, seen=comment.version)
    Comment.objects.filter(pk=edited.pk).update(body="Other words.", version=edited.version + 1)

    moved = [
        decisions.suspect(one, at=NOW, seen=seen) for one, seen in zip((comment, edited), asked, strict=True)
    ]

    assert moved == [False, False]
    assert (now(comment)[0], now(edited)[0]) == ("published", "pending")


def test_a_worker_is_asked_after_the_comment_is_safe(service, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        spam_check.ask_later(says(make.post(), GWEN), ip="192.0.2.7", browser="Firefox")
        spam_check.ask_later(says(make.post(), trusted()), ip="192.0.2.7", browser="Firefox")

    names = [getattr(getattr(one, "__self__", None), "name", "") for one in callbacks]
    assert names.count("spam check") == 1

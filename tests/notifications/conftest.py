"""A kind to send, and a mail server to send it to."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from notifications import outbox
from notifications.models import Message
from notifications.outbox import Kind, Letter
from tests.notifications.smtp_server import SmtpServer


def hello(message: Message) -> Letter:
    """A letter that says what the message is about."""
    to = message.member.email if message.member else message.email
    return Letter(to=to, subject=f"Hello {message.key}", text=f"About {message.payload}", html="<p>Hello</p>")


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> dict[str, Kind]:
    """The kinds that are registered: ``hello`` only, and what the test adds."""
    registered = {"hello": Kind(hello)}
    monkeypatch.setattr(outbox, "KINDS", registered)
    monkeypatch.setattr("notifications.delivery.KINDS", registered)
    return registered


@pytest.fixture
def server(settings: Settings) -> Iterator[SmtpServer]:
    """A mail server that takes everything, until the test says otherwise."""
    stub = SmtpServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", stub.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 5
    yield stub
    stub.stop()

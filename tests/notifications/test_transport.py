"""What a refusal means: for this letter, for now, or for all."""

import smtplib

import pytest
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused, AnymailUnsupportedFeature
from django.core import mail
from pytest_django import Settings

from notifications import mime
from notifications.outbox import Letter
from notifications.transport import (
    Carrier,
    NoConnection,
    NotSent,
    Refused,
    ServerUnavailable,
    TemporaryFailure,
    judge,
    reply,
)


def refused(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"ada@example.org": (code, b"no <ada@example.org>")})


def api_error(status: int | None) -> AnymailAPIError:
    error = AnymailAPIError("ada@example.org is not welcome")
    error.status_code = status
    return error


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (refused(550), Refused),
        (refused(530), ServerUnavailable),
        (refused(452), TemporaryFailure),
        (refused(421), ServerUnavailable),
        (smtplib.SMTPDataError(554, b"spam"), Refused),
        (smtplib.SMTPDataError(451, b"later"), TemporaryFailure),
        (smtplib.SMTPSenderRefused(550, b"who", "events@example.org"), ServerUnavailable),
        (smtplib.SMTPServerDisconnected("gone"), ServerUnavailable),
        (smtplib.SMTPNotSupportedError("no SMTPUTF8"), TemporaryFailure),
        (TimeoutError(), ServerUnavailable),
        (ConnectionResetError(), ServerUnavailable),
        (ValueError("ada@example.org"), TemporaryFailure),
        (AnymailRecipientsRefused(), Refused),
        (api_error(None), ServerUnavailable),
        (api_error(401), ServerUnavailable),
        (api_error(429), ServerUnavailable),
        (api_error(503), ServerUnavailable),
        (api_error(422), Refused),
        (AnymailUnsupportedFeature("amp"), TemporaryFailure),
    ],
)
def test_a_refusal_is_judged(error: Exception, answer: type[NotSent]) -> None:
    judged = judge(error)

    assert type(judged) is answer
    assert "ada@example.org" not in str(judged)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (refused(550), "550 no <(address)>"),
        (smtplib.SMTPDataError(554, b"a\r\nb" + b"x" * 400), "554 a b" + "x" * 297),
        (smtplib.SMTPAuthenticationError(535, b"user events, password 123"), "535 log-in refused"),
        (api_error(422), "422"),
        (TimeoutError("ada@example.org"), "TimeoutError"),
    ],
)
def test_what_is_kept_of_a_refusal_names_nobody(error: Exception, said: str) -> None:
    assert reply(error) == said


def email() -> mail.EmailMultiAlternatives:
    letter = Letter(to="ada@example.org", subject="Hello", text="Hello", from_email="events@example.org")
    return mime.build(letter, message_id="<1@example.org>")


def test_a_provider_needs_settings_only(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"

    with Carrier() as carrier:
        assert not carrier.takes_alternatives
        carrier.send(email())

    assert [sent.subject for sent in mail.outbox] == ["Hello"]


def test_a_provider_that_cannot_be_reached_is_trouble(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "token", "POSTMARK_API_URL": "http://127.0.0.1:1/"}

    with Carrier() as carrier, pytest.raises(ServerUnavailable):
        carrier.send(email())


def test_a_backend_that_takes_nothing_has_not_sent(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.base.BaseEmailBackend"

    with Carrier() as carrier, pytest.raises((TemporaryFailure, NoConnection)):
        carrier.send(email())

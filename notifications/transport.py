"""Carries emails to the mail server, over one connection that is kept, and judges its refusals.

There are three answers besides yes. *Refused*: this letter will never be taken. *Later*: this letter
is not taken now. *Trouble*: the server takes nothing from us now (it is away, hangs up, knows no such
sender), so no other letter should be tried either.
"""

import contextlib
import re
import smtplib
from types import TracebackType

from anymail.backends.base import AnymailBaseBackend
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.core.mail import EmailMultiAlternatives, get_connection

#: Replies about us, not about the letter: going away, log-in needed or refused (RFC 5321, RFC 4954).
ABOUT_US = {421, 530, 534, 535, 538}
ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")


class NotSent(Exception):
    """An email that was not taken; its text is safe to keep: no address, nothing of the content."""


class Refused(NotSent):
    """This email will never be taken."""


class TemporaryFailure(NotSent):
    """This email is not taken now."""


class ServerUnavailable(NotSent):
    """Nothing is taken now, and the email in hand may have been."""


class NoConnection(ServerUnavailable):
    """Nothing is taken now, and the email in hand was not tried."""


class Carrier:
    """A mail connection, opened with the first email and again after trouble."""

    def __init__(self) -> None:
        self._connection = get_connection()
        self.takes_alternatives = not isinstance(self._connection, AnymailBaseBackend)

    def __enter__(self) -> "Carrier":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, email: EmailMultiAlternatives) -> None:
        """Deliver it; raises ``Refused``, ``TemporaryFailure``, ``ServerUnavailable`` or ``NoConnection``."""
        try:
            self._connection.open()
        except Exception as error:  # whatever it is, no letter is to blame
            self._close()
            raise NoConnection(f"The mail server cannot be reached: {reply(error)}") from None
        try:
            count = self._connection.send_messages([email])
        except Exception as error:  # judged, never swallowed
            judged = judge(error)
            if isinstance(judged, ServerUnavailable) or not isinstance(error, smtplib.SMTPException):
                self._close()
            raise judged from None
        if not count:
            raise TemporaryFailure("The mail backend took nothing.")

    def _close(self) -> None:
        with contextlib.suppress(Exception):  # it was to be dropped, and is
            self._connection.close()


def judge(error: Exception) -> NotSent:
    """Say which of the three answers an exception of a mail backend is."""
    text = reply(error)
    if isinstance(error, AnymailRecipientsRefused):
        return Refused(text)
    if isinstance(error, AnymailAPIError):
        about_us = error.status_code in (None, 401, 403, 429) or error.status_code >= 500
        return ServerUnavailable(text) if about_us else Refused(text)
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPServerDisconnected):
        return ServerUnavailable(text)
    code = _code(error)
    if code in ABOUT_US or (isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)):
        return ServerUnavailable(text)
    return Refused(text) if 500 <= code < 600 else TemporaryFailure(text)


def reply(error: Exception) -> str:
    """Return what a server said, without addresses; of any other error its name only."""
    code, text = _code(error), ""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        text = _text(next(iter(error.recipients.values()))[1])
    elif isinstance(error, smtplib.SMTPResponseException):
        text = _text(error.smtp_error)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        text = "log-in refused"
    words = ADDRESS.sub("(address)", " ".join(text.split()))[:300]
    return f"{code} {words}".strip() if code else type(error).__name__


def _code(error: Exception) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()))[0])
    if isinstance(error, smtplib.SMTPResponseException):
        return int(error.smtp_code)
    return int(getattr(error, "status_code", None) or 0)


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said

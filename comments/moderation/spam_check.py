"""An outside opinion on what waits: Akismet, only where a key is set (off by default).

It is asked by a worker, after the comment is safe, and about comments of guests and newcomers that wait;
what it takes for spam moves to the queue of spam, where moderators find it. The service gets the words, the
name and the sender's IP, which is passed on and kept nowhere, never the email address. A service that does
not answer changes nothing. The format is Akismet's (https://akismet.com/developers/, comment-check).
"""

import functools
import logging
import threading
from datetime import datetime
from http.client import HTTPException
from typing import Final
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from celery import current_app
from django.conf import settings
from django.db import transaction

from comments.models import Comment
from comments.moderation import decisions

TASK: Final = "comments.tasks.check_for_spam"
#: How long the worker waits for an answer, in seconds.
PATIENCE: Final = 10
#: What the service says of spam.
IS_SPAM: Final = b"true"

logger = logging.getLogger(__name__)


def is_on() -> bool:
    """Whether an outside opinion is asked for."""
    return bool(settings.AKISMET_KEY)


def ask_later(comment: Comment, *, ip: str, browser: str) -> None:
    """Let a worker ask about a comment that waits; returns at once, whatever the broker does."""
    if is_on() and comment.status == Comment.Status.PENDING:
        publish = functools.partial(_publish, comment.pk, ip, browser)
        transaction.on_commit(threading.Thread(target=publish, name="spam check", daemon=True).start)


def check(pk: int, *, ip: str, browser: str, at: datetime) -> bool:
    """Ask about a comment that waits; return whether it was moved to the spam."""
    comment = Comment.objects.select_related("post", "member").filter(pk=pk).first()
    if not is_on() or comment is None or comment.status != Comment.Status.PENDING:
        return False
    if not _is_spam(comment, ip=ip, browser=browser):
        return False
    return decisions.suspect(comment, at=at, seen=comment.version)


def _publish(pk: int, ip: str, browser: str) -> None:
    try:
        current_app.send_task(TASK, args=[pk, ip, browser], ignore_result=True, retry=False)
    except Exception as error:  # whatever it is: moderators look at every comment that waits
        logger.warning("No broker (%s): comment %s is not checked for spam.", type(error).__name__, pk)


def _is_spam(comment: Comment, *, ip: str, browser: str) -> bool:
    asked = {
        "api_key": settings.AKISMET_KEY,
        "blog": settings.SITE_URL,
        "user_ip": ip,
        "user_agent": browser,
        "permalink": settings.SITE_URL + comment.post.get_absolute_url(),
        "comment_type": "reply" if comment.thread_id else "comment",
        "comment_author": comment.shown_name,
        "comment_content": comment.body,
    }
    request = Request(settings.AKISMET_URL, data=urlencode(asked).encode())  # noqa: S310  # a setting
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310  # a setting
            said: bytes = answer.read(100)
    except (URLError, HTTPException, OSError) as error:
        logger.warning(
            "The spam service did not answer about comment %s: %s.", comment.pk, type(error).__name__
        )
        return False
    return said.strip() == IS_SPAM

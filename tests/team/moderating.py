"""A moderator at their browser: pressing buttons, reading pages."""

import re
from datetime import timedelta
from typing import Any

import html5lib
from django.test import Client

from comments.models import Comment
from members.models import Member
from tests.answers import Answer

QUEUE = "/team/moderation/"
MINUTE = timedelta(minutes=1)


def browser(member: Member | None = None) -> Client:
    """A browser, logged in where somebody is named."""
    client = Client()
    if member:
        client.force_login(member)
    return client


def send(client: Client, comment: Comment, act: str, **fields: Any) -> Answer:
    """Press a button on the comment as it is now."""
    comment.refresh_from_db()
    fields = {"seen": comment.version} | fields
    return client.post(f"{QUEUE}{comment.pk}/{act}/", fields)


def in_place(client: Client, comment: Comment, act: str, page: str = QUEUE, **fields: Any) -> Answer:
    """Press it where htmx answers."""
    comment.refresh_from_db()
    fields = {"seen": comment.version, "next": page} | fields
    return client.post(f"{QUEUE}{comment.pk}/{act}/", fields, headers={"HX-Request": "true"})


def status(comment: Comment) -> str:
    """Its state in the database."""
    return Comment.objects.get(pk=comment.pk).status


def text(answer: Answer) -> str:
    """What a page says, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def part(answer: Answer, name: str) -> str:
    """What stands in the part of an answer with this id, or goes there, in one line."""
    page = html5lib.parse(answer.text, namespaceHTMLElements=False)
    for one in page.iter():
        if one.get("id") == name or one.get("data-hx-swap-oob") == f"innerHTML:#{name}":
            return " ".join(" ".join(one.itertext()).split())
    raise AssertionError(f"There is no part called {name}.")


def notes(client: Client, path: str = QUEUE) -> list[str]:
    """What a page says on top."""
    return [str(one) for one in client.get(path).context["messages"]]

"""A moderator at their browser: pressing buttons, reading pages."""

import re
from datetime import timedelta

import html5lib
from django.test import Client

from comments.models import Comment

QUEUE = "/team/moderation/"
MINUTE = timedelta(minutes=1)


def browser(member=None) -> Client:
    """A browser, logged in where somebody is named."""
    client = Client()
    if member:
        client.force_login(member)
    return client


def send(client, comment, act, **fields):
    """Press a button on the comment as it is now."""
    comment.refresh_from_db()
    fields = {"seen": comment.version} | fields
    return client.post(f"{QUEUE}{comment.pk}/{act}/", fields)


def in_place(client, comment, act, page=QUEUE, **fields):
    """Press it where htmx answers."""
    comment.refresh_from_db()
    fields = {"seen": comment.version, "next": page} | fields
    return client.post(f"{QUEUE}{comment.pk}/{act}/", fields, headers={"HX-Request": "true"})


def status(comment):
    """Its state in the database."""
    return Comment.objects.get(pk=comment.pk).status


def text(answer):
    """What a page says, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def part(answer, name):
    """What stands in the part of an answer with this id, or goes there, in one line."""
    page = html5lib.parse(answer.text, namespaceHTMLElements=False)
    for one in page.iter():
        if one.get("id") == name or one.get("data-hx-swap-oob") == f"innerHTML:#{name}":
            return " ".join(" ".join(one.itertext()).split())
    return None


def notes(client, path=QUEUE):
    """What a page says on top."""
    return [str(one) for one in client.get(path).context["messages"]]

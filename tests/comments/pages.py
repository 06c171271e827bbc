"""What tests of the conversation's pages share: addresses, what a box sends, what a page says."""

from typing import Any

import html5lib
from django.test import Client

from blog.models import Post
from comments.models import Comment
from tests.contracts.forms import page_forms
from tests.found import found

FROM_GWEN = {"name": "Gwen", "email": "gwen@guests.example"}


def box_of(page: Any, action: str) -> dict[str, str]:
    """What the box of a page sends when nothing is typed in it."""
    found = next(
        one for one in page_forms.read(page.text, page.request["PATH_INFO"]).forms if one.action == action
    )
    return {name: one.values[0] if one.values else "" for name, one in found.fields.items()}


def leave_url(post: Post) -> str:
    """Where the box of a post sends a comment."""
    return f"{post.get_absolute_url()}comments/"


def url(comment: Comment, act: str = "") -> str:
    """The address of a comment, or of something that can be done with it."""
    return comment.get_absolute_url() + (f"{act}/" if act else "")


def leave(client: Client, post: Post, body: str = "Thank you.", **fields: Any) -> Any:
    """Send the box of a post, ``at`` the moment of the test."""
    return client.post(leave_url(post), {"body": body, **fields})


def words(page: Any, element: str = "main") -> str:
    """What the page says in its main part, in one line."""
    tree = html5lib.parse(page.text, namespaceHTMLElements=False)
    return " ".join(" ".join("".join(one.itertext()) for one in tree.iter(element)).split())


def part(page: Any, name: str) -> str | None:
    """What stands in the part of the page with this id, in one line; ``None`` where there is none."""
    tree = html5lib.parse(page.text, namespaceHTMLElements=False)
    found = next((one for one in tree.iter() if one.get("id") == name), None)
    return None if found is None else " ".join("".join(found.itertext()).split())


def fault(page: Any) -> list[str]:
    """What the error summary of a page says."""
    tree = html5lib.parse(page.text, namespaceHTMLElements=False)
    summary = tree.find(".//div[@data-error-summary]")
    return [] if summary is None else ["".join(one.itertext()).strip() for one in summary.iter("li")]


def typed(page: Any) -> str:
    """What stands in the box."""
    tree = html5lib.parse(page.text, namespaceHTMLElements=False)
    return "".join(found(tree.find(".//textarea")).itertext()).removeprefix("\n")

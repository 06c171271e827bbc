"""What the tests of the team's pages of posts share."""

from datetime import timedelta
from typing import Any, Unpack

import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from blog.editing import saving
from blog.models import Post
from common.edit_conflicts import stamp
from members.models import Member
from tests import make
from tests.markup import flat


def editor(client: Client, name: str = "Eve") -> Member:
    """Log an editor in."""
    member = make.member(name, is_staff=True)
    member.groups.add(Group.objects.get(name="Blog editor"))
    client.force_login(member)
    return member


def page_of(post: Post, rest: str = "") -> str:
    """The page of a post, or what is below it."""
    return reverse("team:post_edit", args=[post.pk]) + rest


def form_of(post: Post, **changes: Any) -> dict[str, Any]:
    """What the form of the post sends when it is opened now and ``changes`` are typed into it."""
    post = Post.objects.get(pk=post.pk)
    fields: dict[str, Any] = {
        "title": post.title,
        "standfirst": post.standfirst,
        "body": post.body,
        "authors": "\n".join(one.shown_name for one in post.authors.all()),
        "kind": post.kind,
        "lead_picture": post.lead_picture_id or "",
        "event": post.event_id or "",
        "session": post.session_id or "",
        "themes": [one.pk for one in post.themes.all()],
        "comment_policy": post.comment_policy,
        "slug": post.slug,
        "seen": stamp(post),
    }
    return fields | changes


def text_of(response: Any) -> str:
    """The page's words."""
    return flat(response.content.decode())


def saved_meanwhile(post: Post, name: str = "Bo", **changes: Unpack[saving.Changes]) -> None:
    """Somebody else saves the post, a minute after ``make.NOW``."""
    later = make.NOW + timedelta(minutes=1)
    with time_machine.travel(later, tick=False):
        saving.save(post, changes, by=make.member(name), at=later, seen=None)

"""Forms of the conversation that only a step before leads to: one's own comments, decided or waiting."""

from collections.abc import Callable
from typing import Any

from comments.models import Comment
from comments.writing import guests
from tests import make
from tests.contracts import people
from tests.make import NOW


def _rejected(post: Any, member: Any = None) -> Comment:
    return make.comment(post, member, status="rejected", body="Rude words")


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def not_published() -> Any:
        made = world()
        post = Comment.objects.get(pk=made.numbers["comments_comment"]).post
        hers, guest = _rejected(post, made.ada), _rejected(post)
        paths = [
            f"{hers.get_absolute_url()}look-again/",
            f"/comments/mine/{guests.token_of(guest)}/look-again/",
        ]
        return scene(made, people.reader(made.ada), made.ada, paths)

    def adding() -> Any:
        made = world()
        gwen = make.member("Gwen", email="gwen@guests.example")
        token = made.numbers["comment_tokens"]["comments:add"]
        return scene(made, people.reader(gwen), gwen, [f"/comments/add/{token}/"])

    def link_ended() -> Any:
        made = world()
        guest = make.comment(Comment.objects.get(pk=made.numbers["comments_comment"]).post)
        path = f"/comments/mine/{guests.token_of(guest)}/"
        guests.end_link(guest, by=made.root, at=NOW)
        return scene(made, people.reader(made.ada), made.ada, [path])

    def following_none() -> Any:
        made = world()
        bo = make.member("Bo")
        return scene(made, people.reader(bo), bo, ["/blog/rotas/"])

    return {
        "a comment was not published": not_published,
        "a guest with an account": adding,
        "the link of a guest was ended": link_ended,
        "a thread to follow": following_none,
    }

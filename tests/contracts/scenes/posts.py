"""Forms of posts: an editor at a post in each stage, with pictures and videos, and a member at their own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from blog.editing import autosave, proposals, saving
from blog.models import Post
from tests import make
from tests.contracts import people

POSTS = "/team/posts/"


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def editing() -> Any:
        made = world()
        priya = people.staff("Blog editor")
        post = Post.objects.get(slug="rotas")
        draft = saving.create("A draft", by=priya, at=make.NOW)
        saving.save(draft, {"body": "Words"}, by=priya, at=make.NOW, seen=None)
        autosave.store(
            draft, {"title": "A draft", "body": "More"}, by=priya, at=make.NOW + timedelta(minutes=1)
        )
        review = make.post("In review", status="review", published_at=None, authors=[make.member("Una")])
        soon = make.post("Soon", published_at=make.NOW + timedelta(days=1))
        paths = [POSTS, f"{POSTS}new/"]
        paths += [f"{POSTS}{one.pk}/" for one in (post, draft, review, soon)]
        new = ("withdraw", "pictures/new", "videos/new", "audio/new", "revisions")
        paths += [f"{POSTS}{post.pk}/{rest}/" for rest in new]
        kinds = ("pictures", "videos", "audio")
        paths += [f"{POSTS}{post.pk}/{kind}/1/" for kind in kinds]
        paths += [f"{POSTS}{post.pk}/{kind}/1/remove/" for kind in kinds]
        paths += [f"{POSTS}{draft.pk}/{rest}/" for rest in ("publish", "revisions", "revisions/compare")]
        return scene(made, people.reader(priya), priya, [*paths, f"{POSTS}{review.pk}/publish/"])

    def proposing() -> Any:
        made = world()
        nia = make.member("Nia")
        begun = proposals.begin(proposals.Proposal("Mine", "Words"), by=nia, at=make.NOW)
        sent = proposals.begin(proposals.Proposal("Sent", "Words"), by=nia, at=make.NOW)
        proposals.send(sent, by=nia, at=make.NOW)
        paths = ["/blog/propose/", *(f"/blog/propose/{one.pk}/" for one in (begun, sent))]
        return scene(made, people.reader(nia), nia, paths)

    return {"editing posts": editing, "proposing a post": proposing}

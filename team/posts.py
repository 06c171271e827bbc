"""What the team's pages of posts read: rows of the list, and what stands beside the form of one."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import Http404, QueryDict
from django.urls import reverse

from blog import blocks, notices
from blog.blocks import Shown
from blog.editing import autosave, publishing, saving, stages
from blog.editing.stages import Stage
from blog.forms import PostForm
from blog.media import numbers_in_post
from blog.models import Author, Picture, Post, Revision, Sound, UnsavedDraft, Video
from common.times import SITE_ZONE, format_moment
from events.models import Session, Theme
from members.capabilities import EDIT_POSTS
from members.models import Member


@dataclass(frozen=True)
class PostRow:
    """A post in the team's list."""

    post: Post
    stage: Stage
    authors: str
    changed_by: str


@dataclass(frozen=True)
class Insert:
    """Something that can be put into the text: what it is, and its marker."""

    label: str
    marker: str
    picture: Shown | None = None
    video: Video | None = None
    sound: Sound | None = None


def may_edit(member: Member) -> bool:
    """Whether they edit and publish posts."""
    return member.has_perm(EDIT_POSTS)


def may_begin(member: Member) -> bool:
    """Whether they begin new ones."""
    return may_edit(member) and member.has_perm("blog.add_post")


def post_or_404(pk: int) -> Post:
    """Return a post that editors see; what a member has not sent yet is not there."""
    post = publishing.for_the_team().select_related("proposed_by", "event", "session").filter(pk=pk).first()
    if post is None:
        raise Http404
    return post


def keep_typed(post: Post, sent: QueryDict, *, by: Member, at: datetime) -> UnsavedDraft:
    """Keep all that is typed into the form of a post, as it was sent. Three queries beside the write.

    A form that is not whole (without ``seen``) is kept for its words alone.
    """
    lines: QueryDict = QueryDict(mutable=True)
    for name, answers in sent.lists():
        lines.setlist(name, [autosave.as_saved(str(one)) for one in answers])
    words = {name: lines.get(name, "") for name in autosave.MAX_CHARS_OF}
    facts = PostForm(lines, instance=copy(post)).facts() if "seen" in lines else {}
    return autosave.store(post, words, facts, by=by, at=at)


def keep_if_sent(post: Post, sent: QueryDict, *, by: Member, at: datetime) -> str:
    """Keep what stood in the form where a button beside it was pressed.

    Return the address of the form: with what was typed, where that says anything else than the post.
    """
    if "seen" in sent:
        keep_typed(post, sent, by=by, at=at)
    is_typed = "seen" in sent and autosave.kept_of(post, by) is not None
    return reverse("team:post_edit", args=[post.pk]) + ("?typed=1" if is_typed else "")


def picture_or_404(post: Post, number: int) -> Picture:
    """Return a picture of the post by its number."""
    picture = post.pictures.filter(number=number).first()
    if picture is None:
        raise Http404
    return picture


def video_or_404(post: Post, number: int) -> Video:
    """Return a video of the post by its number."""
    video = post.videos.filter(number=number).first()
    if video is None:
        raise Http404
    return video


def sound_or_404(post: Post, number: int) -> Sound:
    """Return a piece of audio of the post by its number."""
    sound = post.sounds.filter(number=number).first()
    if sound is None:
        raise Http404
    return sound


def revision_or_404(post: Post, number: int) -> Revision:
    """Return a revision of the post by its number."""
    revision = post.revisions.filter(number=number).first()
    if revision is None:
        raise Http404
    return revision


def listed(stage: str, at: datetime) -> QuerySet[Post]:
    """Return posts at a stage (all for none) for the list. Two queries, with authors."""
    posts = stages.in_order(stages.only(publishing.for_the_team(), stage, at))
    last = Revision.objects.filter(post=OuterRef("pk")).order_by("-number").values("saved_by__name")
    authors = Prefetch("authors", Author.objects.select_related("member"))
    changed = posts.annotate(changed_by=Subquery(last[:1])).prefetch_related(authors)
    return changed.defer("body", "text", "search")


def row(post: Post, at: datetime) -> PostRow:
    """Return a post of ``listed`` as the list shows it."""
    return PostRow(
        post=post,
        stage=stages.stage_of(post, at),
        authors=", ".join(one.shown_name for one in post.authors.all()),
        changed_by=getattr(post, "changed_by", "") or "",
    )


def beside(post: Post, by: Member, at: datetime) -> dict[str, Any]:
    """Return what stands beside the form of a post. Nine queries, two fewer where it has no event."""
    return {
        "stage": stages.stage_of(post, at),
        "missing": saving.missing(post),
        "mails": notices.names(notices.whom_publishing_mails(post, by=by)),
        "last": post.revisions.select_related("saved_by").first(),
        "changed": format_moment(post.changed_at, SITE_ZONE.key),
        "preview_url": settings.SITE_URL + reverse("blog:preview", args=[post.preview_token]),
        "pictures": [_picture(one) for one in post.pictures.all()],
        "videos": [_video(one) for one in post.videos.all()],
        "sounds": [_sound(one) for one in post.sounds.all()],
        "blocks": _blocks(post),
    }


def _picture(picture: Picture) -> Insert:
    marker = numbers_in_post.marker("picture", picture.number)
    return Insert(f"Picture {picture.number}", marker, picture=blocks.shown(picture))


def _video(video: Video) -> Insert:
    return Insert(f"Video {video.number}", numbers_in_post.marker("video", video.number), video=video)


def _sound(sound: Sound) -> Insert:
    return Insert(f"Audio {sound.number}", numbers_in_post.marker("audio", sound.number), sound=sound)


def _blocks(post: Post) -> list[Insert]:
    """Return the blocks that follow the event of the post: none without one."""
    if post.event is None:
        return []
    sessions = Session.objects.filter(event=post.event).published()
    formats = dict(Session.Format.choices)
    in_use = sessions.order_by("format").values_list("format", flat=True).distinct()
    themes = Theme.objects.filter(event=post.event, sessions__in=sessions).distinct()
    return [
        Insert("What readers can do now: register, build an agenda, watch again", f"[[{blocks.CALL}]]"),
        *([Insert("All themes of the event", f"[[{blocks.THEMES}]]")] if themes else []),
        *(Insert(f"Sessions of {one.title}", f"[[sessions {one.slug}]]") for one in themes),
        *(Insert(f"Sessions: {formats[one]}", f"[[sessions {one}]]") for one in in_use),
    ]

"""Videos of posts: a link to where each is watched, and what is said in it, in words, here.

Nothing of another site is loaded by a page of ours; who cannot hear it, or may not open that site at work,
reads the transcript.
"""

from dataclasses import dataclass
from datetime import datetime

from audit import trail
from audit.actors import By
from audit.acts import Act
from blog.editing.saving import locked_post
from blog.media.numbers_in_post import MAX_OF_A_KIND, next_number
from blog.models import Post, Video
from blog.refusals import PostRefused
from common.transactions import retried


@dataclass(frozen=True)
class About:
    """What is said of a video."""

    title: str
    url: str
    transcript: str
    length: str = ""


@retried
def add(post: Post, about: About, *, by: By, at: datetime) -> Video:
    """Add a video to the post and give it the next number. Raises ``PostRefused``."""
    locked = locked_post(post)
    if locked.videos.count() >= MAX_OF_A_KIND:
        raise PostRefused(f"A post has at most {MAX_OF_A_KIND} videos. Remove one that is not used.")
    video = Video(post=locked, number=next_number(locked, "video"))
    _write(video, about)
    trail.record(locked, Act.VIDEO_ADDED, by=by, at=at, number=video.number)
    return video


@retried
def change(video: Video, about: About, *, by: By, at: datetime) -> Video:
    """Change what is said of a video, or where it is."""
    _write(video, about)
    trail.record(video.post, Act.VIDEO_CHANGED, by=by, at=at, number=video.number)
    return video


@retried
def remove(video: Video, *, by: By, at: datetime) -> None:
    """Take a video away; its marker in the text then shows nothing."""
    if Video.objects.filter(pk=video.pk).delete()[0]:
        trail.record(video.post, Act.VIDEO_REMOVED, by=by, at=at, number=video.number)


def _write(video: Video, about: About) -> None:
    if not about.transcript.strip():
        raise PostRefused("Give the words of the video, for those who cannot hear it.")
    video.title, video.url, video.length = about.title.strip(), about.url.strip(), about.length.strip()
    video.transcript = about.transcript.strip()
    video.save()

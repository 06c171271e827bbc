"""Acts about posts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from audit.actors import VISITOR
from audit.acts import Act
from blog import contact
from blog.editing import proposals, publishing, revisions, saving
from blog.media import pictures, sounds, video_links
from blog.models import Picture, Post, Sound, Video
from members.models import Member
from tests import make
from tests.blog.media.photographs import photograph, upload
from tests.blog.media.test_sounds import sent
from tests.contracts.acts.playing import Played, plays
from tests.make import BY, NOW

EARLY = NOW - timedelta(minutes=5)
ABOUT = video_links.About("A video", "https://video.example/1", "All the words.")


def eve() -> Member:
    return make.member("Eve")


def of_post(do: Callable[[Post, Member], object], **fields: Any) -> Played:
    """An act of an editor on a post; by default one that readers see."""
    post, by = make.post(authors=[make.member("Author")], **fields), eve()
    return Played(lambda: do(post, by), lambda: post, by)


DRAFT = {"status": "draft", "published_at": None}
REVIEW = {"status": "review", "published_at": None}


@plays(Act.POST_BEGUN, saving.create, proposals.begin)
def beginning() -> Played:
    by = eve()
    return Played(lambda: saving.create("A title", by=by, at=NOW), Post.objects.get, by)


@plays(Act.POST_SAVED, saving.save, proposals.save)
def saving_a_post() -> Played:
    return of_post(lambda post, by: saving.save(post, {"title": "New"}, by=by, at=NOW, seen=None))


@plays(Act.POST_RESTORED, revisions.restore)
def restoring() -> Played:
    by = eve()
    post = saving.create("A title", by=by, at=EARLY)
    first = post.revisions.get()
    return Played(lambda: revisions.restore(post, first, by=by, at=NOW, seen=None), lambda: post, by)


@plays(Act.POST_SENT, publishing.submit_for_review, proposals.send)
def sending_to_review() -> Played:
    return of_post(lambda post, by: publishing.submit_for_review(post, by=by, at=NOW), **DRAFT)


@plays(Act.POST_DRAFTED, publishing.back_to_draft, proposals.take_back_proposal)
def making_a_draft() -> Played:
    return of_post(lambda post, by: publishing.back_to_draft(post, by=by, at=NOW), **REVIEW)


@plays(Act.POST_SCHEDULED, publishing.publish)
def scheduling() -> Played:
    later = NOW + timedelta(days=1)
    return of_post(lambda post, by: publishing.publish(post, by=by, at=NOW, from_=later), **REVIEW)


@plays(Act.POST_PUBLISHED, publishing.publish)
def publishing_a_post() -> Played:
    return of_post(lambda post, by: publishing.publish(post, by=by, at=NOW), **REVIEW)


@plays(Act.POST_UNSCHEDULED, publishing.unschedule)
def taking_off_the_schedule() -> Played:
    later = NOW + timedelta(days=1)
    return of_post(lambda post, by: publishing.unschedule(post, by=by, at=NOW), published_at=later)


@plays(Act.POST_WITHDRAWN, publishing.withdraw)
def withdrawing_a_post() -> Played:
    return of_post(lambda post, by: publishing.withdraw(post, "It was wrong.", by=by, at=NOW))


@plays(Act.PREVIEW_RENEWED, publishing.renew_preview)
def renewing_the_preview() -> Played:
    return of_post(lambda post, by: publishing.renew_preview(post, by=by, at=NOW))


@plays(Act.PICTURE_ADDED, pictures.add)
def adding_a_picture() -> Played:
    content = photograph((20, 20))
    return of_post(lambda post, by: pictures.add(post, upload(content), "Red", by=by, at=NOW))


def with_picture(do: Callable[[Picture, Member], object]) -> Played:
    def done(_: Post, by: Member) -> None:
        do(Picture.objects.get(), by)

    played = of_post(done)
    post = Post.objects.get()
    Picture.objects.create(
        post=post, number=1, width=9, height=9, file="x.webp", alternative_text="Red", created_at=EARLY
    )
    return played


@plays(Act.PICTURE_DESCRIBED, pictures.describe)
def describing() -> Played:
    return with_picture(lambda one, by: pictures.describe(one, "Blue", "", by=by, at=NOW))


@plays(Act.PICTURE_REMOVED, pictures.remove)
def removing_a_picture() -> Played:
    return with_picture(lambda one, by: pictures.remove(one, by=by, at=NOW))


@plays(Act.VIDEO_ADDED, video_links.add)
def adding_a_video() -> Played:
    return of_post(lambda post, by: video_links.add(post, ABOUT, by=by, at=NOW))


def with_video(do: Callable[[Video, Member], object]) -> Played:
    def done(_: Post, by: Member) -> None:
        do(Video.objects.get(), by)

    played = of_post(done)
    video_links.add(Post.objects.get(), ABOUT, by=BY, at=EARLY)
    return played


@plays(Act.VIDEO_CHANGED, video_links.change)
def changing_a_video() -> Played:
    return with_video(lambda one, by: video_links.change(one, ABOUT, by=by, at=NOW))


@plays(Act.VIDEO_REMOVED, video_links.remove)
def removing_a_video() -> Played:
    return with_video(lambda one, by: video_links.remove(one, by=by, at=NOW))


HEARD = sounds.About("A round", "2 seconds", "All the words.")


@plays(Act.AUDIO_ADDED, sounds.add)
def adding_audio() -> Played:
    return of_post(lambda post, by: sounds.add(post, sent(), HEARD, by=by, at=NOW))


def with_audio(do: Callable[[Sound, Member], object]) -> Played:
    def done(_: Post, by: Member) -> None:
        do(Sound.objects.get(), by)

    played = of_post(done)
    about = {"title": "A", "length": "1 second", "transcript": "A", "media_type": "audio/mpeg", "size": 9}
    Sound.objects.create(post=Post.objects.get(), number=1, file="blog/none.mp3", **about)
    return played


@plays(Act.AUDIO_CHANGED, sounds.change)
def changing_audio() -> Played:
    return with_audio(lambda one, by: sounds.change(one, HEARD, seen=sounds.seen_of(one), by=by, at=NOW))


@plays(Act.AUDIO_REMOVED, sounds.remove)
def removing_audio() -> Played:
    return with_audio(lambda one, by: sounds.remove(one, by=by, at=NOW))


@plays(Act.AUTHORS_WRITTEN_TO, contact.write_to_authors)
def writing_to_authors() -> Played:
    post = make.post(authors=[make.member("Author")])
    gwen = contact.Sender("Gwen", "gwen@guests.example", is_member=False)
    return Played(
        lambda: contact.write_to_authors(post, "Hello", sender=gwen, by=VISITOR, at=NOW),
        lambda: post,
        VISITOR,
    )

"""Acts about posts and comments."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypedDict

from audit.actors import SITE, VISITOR
from audit.acts import Act
from blog import contact
from blog.editing import proposals, publishing, revisions, saving
from blog.media import pictures, video_links
from blog.models import Picture, Post, Video
from comments import following
from comments.models import Comment, Follow
from comments.moderation import appeals, decisions, reporting
from comments.writing import authoring, guests
from members.models import Member
from tests import make
from tests.blog.media.photographs import photograph, upload
from tests.comments.conversation import GWEN, moderator, says, trusted
from tests.contracts.acts.playing import Played, plays
from tests.make import BY, NOW

EARLY = NOW - timedelta(minutes=5)
ABOUT = video_links.About("A video", "https://video.example/1", "All the words.")


class Why(TypedDict):
    """Why a moderator decides so, and what they write."""

    reason: str
    words: str


WHY: Why = {"reason": "unkind", "words": "Please."}


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


@plays(Act.AUTHORS_WRITTEN_TO, contact.write_to_authors)
def writing_to_authors() -> Played:
    post = make.post(authors=[make.member("Author")])
    gwen = contact.Sender("Gwen", "gwen@guests.example", is_member=False)
    return Played(
        lambda: contact.write_to_authors(post, "Hello", sender=gwen, by=VISITOR, at=NOW),
        lambda: post,
        VISITOR,
    )


# Comments


@plays(Act.COMMENT_LEFT, authoring.leave, decisions.publish_and_reply)
def leaving() -> Played:
    ada, post = trusted(), make.post()
    return Played(lambda: says(post, ada), lambda: Comment.objects.latest("pk"), ada, ada.pk)


@plays(Act.COMMENT_HELD, authoring.leave)
def leaving_as_a_guest() -> Played:
    post = make.post()
    return Played(lambda: says(post, GWEN), Comment.objects.get, VISITOR)


def of_ada(do: Callable[[Comment, Member], object], **fields: Any) -> Played:
    """What Ada does about a comment of theirs."""
    ada = make.member("Ada")
    one = make.comment(make.post(), ada, **({"created_at": EARLY} | fields))
    return Played(lambda: do(one, ada), lambda: one, ada, ada.pk)


@plays(Act.COMMENT_EDITED, authoring.edit)
def editing() -> Played:
    return of_ada(lambda one, by: authoring.edit(one, "Other words.", by=by, at=NOW))


@plays(Act.COMMENT_WITHDRAWN, authoring.withdraw)
def withdrawing() -> Played:
    return of_ada(lambda one, by: authoring.withdraw(one, by=by, at=NOW))


@plays(Act.APPEALED, appeals.appeal)
def appealing() -> Played:
    return of_ada(lambda one, by: appeals.appeal(one, "Please.", by=by, at=NOW), status="rejected")


@plays(Act.COMMENT_REPORTED, reporting.report)
def reporting_a_comment() -> Played:
    one, ada = make.comment(make.post()), make.member("Ada")
    return Played(lambda: reporting.report(one, by=ada, reason="spam", words="", at=NOW), lambda: one, ada)


@plays(Act.COMMENT_SUSPECTED, decisions.suspect)
def suspecting() -> Played:
    one = make.comment(make.post(), status="pending")
    return Played(lambda: decisions.suspect(one, at=NOW, seen=0), lambda: one, SITE)


def decided(do: Callable[..., object], **fields: Any) -> Played:
    """What a moderator decides about a comment of Ada's."""
    ada, mo = make.member("Ada"), moderator()
    one = make.comment(make.post(), ada, **fields)
    return Played(lambda: do(one, by=mo, at=NOW), lambda: one, mo, ada.pk)


@plays(Act.COMMENT_PUBLISHED, decisions.publish)
def publishing_a_comment() -> Played:
    return decided(lambda one, **how: decisions.publish(one, seen=0, **how), status="pending")


@plays(Act.COMMENT_REJECTED, decisions.reject)
def rejecting() -> Played:
    return decided(lambda one, **how: decisions.reject(one, seen=0, **WHY, **how), status="pending")


@plays(Act.COMMENT_SPAM, decisions.spam)
def marking_as_spam() -> Played:
    return decided(lambda one, **how: decisions.spam(one, seen=0, **how))


@plays(Act.COMMENT_REMOVED, decisions.remove)
def removing() -> Played:
    return decided(lambda one, **how: decisions.remove(one, seen=0, **WHY, **how))


@plays(Act.COMMENT_REDACTED, decisions.redact)
def redacting() -> Played:
    return decided(lambda one, **how: decisions.redact(one, "Thank you.", seen=0, **how), body="Ada Smith")


@plays(Act.COMMENT_KEPT, decisions.keep)
def keeping() -> Played:
    return decided(lambda one, **how: decisions.keep(one, seen=0, **how))


@plays(Act.ADDRESS_REVEALED, decisions.reveal)
def revealing() -> Played:
    return decided(decisions.reveal)


@plays(Act.DECISION_UNDONE, decisions.undo)
def undoing() -> Played:
    ada, mo = make.member("Ada"), moderator()
    one = make.comment(make.post(), ada)
    decision = decisions.spam(one, by=mo, at=EARLY, seen=0)
    return Played(lambda: decisions.undo(decision, by=mo, at=NOW), lambda: one, mo, ada.pk)


@plays(Act.GUEST_CONFIRMED, guests.confirm_address)
def confirming_a_guests_address() -> Played:
    one = make.comment(make.post())
    return Played(lambda: guests.confirm_address(one, at=NOW), lambda: one, VISITOR)


@plays(Act.COMMENT_CLAIMED, guests.add_to_account)
def claiming() -> Played:
    ada = make.member("Ada")
    one = make.comment(make.post(), guest_email=ada.email)
    return Played(lambda: guests.add_to_account(one, ada, at=NOW), lambda: one, ada, ada.pk)


@plays(Act.GUEST_FORGOTTEN, guests.forget)
def forgetting_a_guest() -> Played:
    one = make.comment(make.post(), created_at=NOW - timedelta(days=91))
    return Played(lambda: guests.forget(at=NOW), lambda: one, SITE)


@plays(Act.REDACTED_FORGOTTEN, guests.forget)
def forgetting_words() -> Played:
    one, mo = make.comment(make.post(), make.member("Ada"), body="Ada Smith"), moderator()
    decision = decisions.redact(one, "Somebody", by=mo, at=NOW - timedelta(days=2), seen=0)
    return Played(lambda: guests.forget(at=NOW), lambda: decision, SITE)


@plays(Act.FOLLOWED, following.follow)
def follow() -> Played:
    one, ada = make.comment(make.post()), make.member("Ada")
    return Played(lambda: following.follow(one, by=ada, at=NOW), Follow.objects.get, ada, ada.pk)


@plays(Act.UNFOLLOWED, following.stop)
def unfollow() -> Played:
    ada = make.member("Ada")
    one = following.follow(make.comment(make.post()), by=ada, at=EARLY)
    return Played(lambda: following.stop(one, by=VISITOR, at=NOW), lambda: one, VISITOR, ada.pk)

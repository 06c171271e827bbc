"""Acts about comments."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypedDict

from audit.actors import SITE, VISITOR
from audit.acts import Act
from comments import following
from comments.models import Comment, Follow
from comments.moderation import appeals, decisions, reporting
from comments.writing import authoring, guests
from members.models import Member
from tests import make
from tests.comments.conversation import GWEN, moderator, says, trusted
from tests.contracts.acts.playing import Played, plays
from tests.make import NOW

EARLY = NOW - timedelta(minutes=5)


class Why(TypedDict):
    """Why a moderator decides so, and what they write."""

    reason: str
    words: str


WHY: Why = {"reason": "unkind", "words": "Please."}


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


@plays(Act.LINK_ENDED, guests.end_link)
def ending_a_guests_link() -> Played:
    one, mo = make.comment(make.post()), moderator()
    return Played(lambda: guests.end_link(one, by=mo, at=NOW), lambda: one, mo)


@plays(Act.LINK_ASKED, guests.ask_for_link)
def asking_for_a_new_link() -> Played:
    one = make.comment(make.post())
    return Played(lambda: guests.ask_for_link(one, at=NOW), lambda: one, VISITOR)


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

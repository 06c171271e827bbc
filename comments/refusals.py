"""What people are told when a comment cannot be left, changed or decided about; ``str()`` says it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from comments.models import Comment


class CommentRefused(Exception):
    """Something that cannot be done with a comment, in words for whoever tried."""


class LinkEnded(CommentRefused):
    """The team has ended the secret link of a guest's comment; ``comment`` is whose it was."""

    def __init__(self, comment: "Comment") -> None:
        super().__init__(_("This link has been ended."))
        self.comment = comment


class CommentsClosed(CommentRefused):
    """The post takes no comments, or no more."""

    def __init__(self) -> None:
        super().__init__(_("Comments on this post are closed. What you wrote has not been sent."))


class AccountClosed(CommentRefused):
    """Their account was closed, or erased, while they wrote."""

    def __init__(self) -> None:
        super().__init__(_("Your account is closed. What you wrote has not been sent."))


class NothingToAnswer(CommentRefused):
    """What they answer is not public any more."""

    def __init__(self) -> None:
        super().__init__(
            _("The comment that you answer is not here any more. You can post yours as a comment of its own.")
        )


class SaysNothing(CommentRefused):
    """It holds no word."""

    def __init__(self) -> None:
        super().__init__(_("Write your comment."))


class TooManyComments(CommentRefused):
    """More in a short time than people write."""

    def __init__(self) -> None:
        super().__init__(
            _("You have posted many comments in a short time. Wait ten minutes, then send this one.")
        )


class TooLateToEdit(CommentRefused):
    """The ten minutes are over, or the comment is not theirs to change any more."""

    def __init__(self) -> None:
        super().__init__(
            _("A comment can be edited for ten minutes after it was sent. You can still withdraw it.")
        )


class NotYours(CommentRefused):
    """Somebody else's."""

    def __init__(self) -> None:
        super().__init__(_("This comment was left with another email address than the one of your account."))


class CannotAsk(CommentRefused):
    """There is no decision to look at again, or that has been done."""


class ChangedMeanwhile(CommentRefused):
    """A moderator decides about what is not there as they saw it: somebody else was quicker."""


class NotPossible(CommentRefused):
    """A decision that makes no sense for a comment in this state."""


class AnotherModerator(CommentRefused):
    """Who decided does not look at their own decision again, where there is somebody else."""

    def __init__(self) -> None:
        super().__init__(
            "Its author asks to look again at a decision of yours. Leave this one to another moderator."
        )

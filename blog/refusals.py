"""What editing and publishing refuse: expected noes, ``str()`` is the sentence for the editor."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from common.words import in_a_row


class PostRefused(Exception):
    """An expected no; nothing has been changed."""


class StalePost(PostRefused):
    """Somebody has saved the post since it was opened."""

    def __init__(self, who_and_when: str) -> None:
        nothing_saved = _(
            "%(who_and_when)s Nothing has been saved. What you typed is still here: open the page again in "
            "another tab to see the change, and save from there."
        )
        super().__init__(nothing_saved % {"who_and_when": who_and_when})
        self.who_and_when = who_and_when


class NotReady(PostRefused):
    """Something that every reader needs is missing; ``missing`` says what, in words."""

    def __init__(self, missing: Sequence[str], *, is_public: bool = False) -> None:
        told = (
            _("A published post keeps %(what)s.")
            if is_public
            else _("Before it goes on, the post needs %(what)s.")
        )
        super().__init__(told % {"what": in_a_row(missing)})
        self.missing = tuple(missing)


class AddressNotFree(PostRefused):
    """Another post, or a page of the blog, has this address."""

    def __init__(self) -> None:
        super().__init__(_("Another page has this address. Choose another one."))


class AddressStays(PostRefused):
    """Links to the post are out in the world."""

    def __init__(self) -> None:
        super().__init__(
            "The post has been published, so its address stays: links to it are out in the world."
        )


class NotPossible(PostRefused):
    """The post is in a state in which this cannot be done."""

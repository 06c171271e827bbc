"""What editing and publishing refuse: expected noes, ``str()`` is the sentence for the editor."""

from collections.abc import Sequence


class PostRefused(Exception):
    """An expected no; nothing has been changed."""


class StalePost(PostRefused):
    """Somebody has saved the post since it was opened."""

    def __init__(self, who_and_when: str) -> None:
        super().__init__(
            f"{who_and_when} Nothing has been saved. What you typed is still here: open the page again in "
            "another tab to see the change, and save from there."
        )
        self.who_and_when = who_and_when


class NotReady(PostRefused):
    """Something that every reader needs is missing; ``missing`` says what, in words."""

    def __init__(self, missing: Sequence[str], *, is_public: bool = False) -> None:
        *first, last = missing
        what = f"{', '.join(first)} and {last}" if first else last
        told = "A published post keeps" if is_public else "Before it goes on, the post needs"
        super().__init__(f"{told} {what}.")
        self.missing = tuple(missing)


class AddressNotFree(PostRefused):
    """Another post, or a page of the blog, has this address."""

    def __init__(self) -> None:
        super().__init__("Another page has this address. Choose another one.")


class AddressStays(PostRefused):
    """Links to the post are out in the world."""

    def __init__(self) -> None:
        super().__init__(
            "The post has been published, so its address stays: links to it are out in the world."
        )


class NotPossible(PostRefused):
    """The post is in a state in which this cannot be done."""

"""What each act of a moderator is called: on its page, on its button, and once it is done."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Words:
    """Of the act ``name``: what is said when it is ``done``; ``title`` and ``button`` of its page, if any."""

    name: str
    done: str
    title: str = ""
    button: str = ""
    #: Whom it mails, in which words: "why" (the author), "public" (the author and others), "" (nobody).
    mails: str = ""


WORDS: Final = {
    "publish": Words("publish", "Published."),
    "spam": Words("spam", "Marked as spam."),
    "keep": Words("keep", "Kept. The reports are settled."),
    "reply": Words(
        "reply", "Published, with your reply.", "Publish and reply", "Publish and reply", "public"
    ),
    "reject": Words("reject", "Not published.", "Why is it not published?", "Do not publish", "why"),
    "remove": Words("remove", "Removed.", "Why is it removed?", "Remove", "why"),
    "redact": Words("redact", "Personal data taken out.", "Take out personal data", "Save without it"),
}

"""What the author of a comment reads when it is not published, or removed: a beginning for each reason.

A moderator changes the words as they like. They speak of the comment and not of the person, say what would
be welcome, and never quote what was wrong. The letter around them says what happened and how to ask again.
"""

from typing import Final

from comments.models import Decision

Reason = Decision.Reason

#: None for "another reason": only a moderator knows it.
WORDS: Final[dict[str, str]] = {
    Reason.UNKIND: (
        "Some of the words could hurt the person they are about. Disagreeing is welcome here, and so is "
        "strong feeling about the work. If you write it again about what was done, not about who did it, "
        "we would be glad to publish it."
    ),
    Reason.PERSONAL_DATA: (
        "Something in it could tell readers who a patient, a relative or a colleague is. We know that this "
        "happens easily when you tell of real work. Please send it again without names, places, dates or "
        "anything else by which somebody might be known."
    ),
    Reason.OFF_TOPIC: (
        "It is about something other than the post and the conversation below it, where others would hardly "
        "find it. If another post fits better, we would be glad to read it there. You can also contact us "
        "about it."
    ),
    Reason.ADVERTISING: (
        "It reads as an advertisement, and we keep this place free of those. If you have used what you write "
        "about, tell us what you learnt from it, good and bad; that helps others, and you are welcome to say "
        "where you work."
    ),
    Reason.UNLAWFUL: (
        "We think that publishing it could break the law, for example by stating as a fact about somebody "
        "what has not been shown to be true. That is our view as people, not as lawyers. You can send us a "
        "version without that part."
    ),
    Reason.DUPLICATE: (
        "The same comment stands below the post already, so we did not publish it a second time. Nothing is "
        "wrong with it, and there is nothing you need to do."
    ),
    Reason.OTHER: "",
}


def words_for(reason: str) -> str:
    """Return the words to begin with, "" where there are none."""
    return WORDS.get(reason, "")

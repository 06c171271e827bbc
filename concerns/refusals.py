"""Expected noes about concerns: what is said to whoever reports, and to whoever reads."""

from django.utils.translation import gettext as _


class ConcernRefused(Exception):
    """An expected no; ``str()`` is the sentence for the person."""


class NobodyReads(ConcernRefused):
    """Nobody is named who would read it."""

    def __init__(self) -> None:
        super().__init__(_("Nobody is named who would read this. Please turn to the contact named above."))


class OthersRead(ConcernRefused):
    """Others read it than the page has named."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Who reads this has changed since you opened the page. Nothing has been sent: look at the "
                "names, and press the button again."
            )
        )


class TooManyConcerns(ConcernRefused):
    """Far more came from visitors than people send."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "So much is sent here at the moment that we cannot take it. Log in and press again, which "
                "always works and can be without your name; or turn to the contact named above."
            )
        )


class WrongCode(ConcernRefused):
    """No concern of this event has this code."""

    def __init__(self) -> None:
        super().__init__(_("This is not a code of ours. Type it as you were shown it: five groups of four."))


class TooManyCodes(ConcernRefused):
    """A code was typed wrong too often."""

    def __init__(self) -> None:
        super().__init__(_("This code was typed wrong too often. Try again in an hour."))


class LongEnough(ConcernRefused):
    """More was written than anybody reads."""

    def __init__(self) -> None:
        super().__init__(_("You have written a lot here. Please report what is new as a concern of its own."))


class NotYours(ConcernRefused):
    """It is not for them to read."""

    def __init__(self) -> None:
        super().__init__("This is not for you to read.")


class ChangedMeanwhile(ConcernRefused):
    """Something was written since they looked."""

    def __init__(self) -> None:
        super().__init__(
            "Something was written here since you looked, so nothing was done. Read it, then press again."
        )


class NotAnswered(ConcernRefused):
    """An answer was promised, and there is none."""

    def __init__(self) -> None:
        super().__init__("They were promised an answer. Answer first, then close it.")


class NotNamed(ConcernRefused):
    """Whoever should read it is not among those who are named for the event, or was left out."""

    def __init__(self) -> None:
        super().__init__("Only somebody who is named for this event, and was not left out, can read it.")

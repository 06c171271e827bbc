"""Expected noes about concerns: what is said to whoever reports, and to whoever reads."""

from django.utils.translation import gettext as _

from events.registration import RegistrationRefused


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


class IsOut(RegistrationRefused):
    """Who was taken out of an event does not register for it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The team has taken you out of this event, so you cannot register for it. The email about "
                "that says how to ask for a second look."
            ),
            "{name} was taken out of this event. Lift that first: a link to it is on their page.",
        )


class RemovalRefused(Exception):
    """An expected no; ``str()`` is the sentence for who asked."""


class NotThemselves(RemovalRefused):
    """Nobody takes themselves out, nor decides about themselves."""

    def __init__(self) -> None:
        super().__init__("This is about yourself: somebody else decides it.")


class NoRight(RemovalRefused):
    """They may not take people out of events."""

    def __init__(self) -> None:
        super().__init__("You may not take people out of events. Ask somebody who runs the event.")


class AnotherDecides(RemovalRefused):
    """Who took them out does not look again, where somebody else can."""

    def __init__(self) -> None:
        super().__init__("You took them out, so somebody else looks again.")


class NotOut(RemovalRefused):
    """They are not out of the event, or not any more."""

    def __init__(self) -> None:
        super().__init__(_("You are not out of this event any more."))


class LookedAgain(RemovalRefused):
    """Somebody has looked again already."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has looked at it again already, and has told you."))


class DecidedMeanwhile(RemovalRefused):
    """It was decided since they looked."""

    def __init__(self) -> None:
        super().__init__("Somebody has decided this meanwhile. Nothing was done.")


class AskedMeanwhile(RemovalRefused):
    """They have said something since the page was opened."""

    def __init__(self) -> None:
        super().__init__("They have asked for a second look meanwhile: read what they say, then decide.")


class NobodyAsked(RemovalRefused):
    """There is nothing to let stand: they have not asked, and may still."""

    def __init__(self) -> None:
        super().__init__("They have not asked for a second look, so it stands. You can lift it.")

"""What is said to who waits in a line, was passed, is offered a place, or is to decide between places.

It is the truth of ``workshops.places.waiting_list``: a place that comes free is theirs at once where nothing
of theirs overlaps it, is held for them where they have booked something then, and passes who hosts then.
"""

from collections.abc import Sequence

from common.languages import gettext as _
from common.times import format_day
from common.words import ordinal, titles
from workshops.agenda.facts import Commitment, OwnBooking

Clashes = Sequence[Commitment]


def hosted(clashes: Clashes) -> list[Commitment]:
    """Return what they host of these."""
    return [one for one in clashes if one.is_hosted]


def in_line(clashes: Clashes, booking: OwnBooking) -> str:
    """Say how far they have moved since they joined, and when; what becomes of a place that comes free."""
    next_place = _next_place(clashes, booking.ahead)
    if booking.joined_as in (None, booking.ahead + 1):
        return next_place
    return f"{_joined(booking)} {next_place}"


def _joined(booking: OwnBooking) -> str:
    position = ordinal(booking.joined_as or 0)
    if booking.joined_on is None:
        return _("You were %(position)s when you joined.") % {"position": position}
    return _("You were %(position)s when you joined, on %(day)s.") % {
        "position": position,
        "day": format_day(booking.joined_on),
    }


def late(clashes: Clashes) -> str:
    """Say in the last half hour what becomes of a place that comes free."""
    if clashes and (hosted(clashes) or any(one.is_elsewhere for one in clashes)):
        return kept_from(clashes)
    return _(
        "No place is given by email in the last half hour. If one comes free, it is shown here, and whoever "
        "of those who wait presses first has it. In the last ten minutes it is for everybody."
    )


def kept_from(clashes: Clashes) -> str:
    """Say what of theirs, which cannot be swapped here, keeps them from a place that is free."""
    sessions = {"sessions": titles(hosted(clashes) or clashes)}
    if hosted(clashes):
        return _("You host %(sessions)s at this time.") % sessions
    return _("You have %(sessions)s at this time.") % sessions


def _next_place(clashes: Clashes, ahead: int) -> str:
    if own := hosted(clashes):
        return _(
            "You host %(sessions)s at this time, so a place that comes free passes you by. You keep "
            "your turn."
        ) % {"sessions": titles(own)}
    if clashes:
        return _(
            "You have %(sessions)s at this time: when it is your turn, the place is held for you, we email "
            "you, and you decide. Until then you keep what you have."
        ) % {"sessions": titles(clashes)}
    if ahead:
        return _(
            "When it is your turn, a place that comes free is yours at once, and we email you, until half an "
            "hour before the start."
        )
    return _(
        "The next place that comes free is yours at once, and we email you, until half an hour before the "
        "start."
    )


def passed(clashes: Clashes) -> str:
    """Say why a place went to the next in line."""
    own = hosted(clashes)
    if own:
        why = _("A place went to the next in line, because you host %(sessions)s at this time.")
    elif clashes:
        why = _("A place that was held for you has gone to the next in line. It overlaps %(sessions)s.")
    else:
        why = _("A place was held for you and has gone to the next in line.")
    return " ".join([why % {"sessions": titles(own or clashes)}, _("You have kept your turn.")])


def offered(clashes: Clashes) -> str:
    """Say what of theirs an offered place would replace, or that it cannot."""
    if not clashes:
        return ""
    sessions = {"sessions": titles(clashes)}
    if hosted(clashes):
        return _("It is at the same time as %(sessions)s.") % sessions
    return (
        _("It is at the same time as %(sessions)s. Accepting gives that up: you are asked first.") % sessions
    )


def before_joining(clashes: Clashes) -> str:
    """Say to who could join a line what a place would be to them."""
    return _(
        "You have %(sessions)s at this time. If a place here comes free, we hold it for you, and you decide."
    ) % {"sessions": titles(clashes)}


def contested(clashes: Clashes) -> str:
    """Say what a place overlaps since its session moved, and what they keep if they do not decide."""
    others = [one for one in clashes if not one.is_hosted]
    if not others:
        return ""
    stays = [one for one in others if not one.until] or others
    return _(
        "It is at the same time as %(sessions)s. All of these places are yours until then. If you do not "
        "decide, you keep %(stays)s."
    ) % {"sessions": titles(others), "stays": titles(stays)}


def beside_contested(clashes: Clashes) -> str:
    """Say to who has booked a session which others overlap since one has moved."""
    undecided = [one for one in clashes if one.until]
    return _("It is at the same time as %(sessions)s. Decide which you keep.") % {
        "sessions": titles(undecided)
    }


def while_hosting(clashes: Clashes) -> str:
    """Say that they host at this time, if they do."""
    own = hosted(clashes)
    return _("At the same time as %(sessions)s, which you host.") % {"sessions": titles(own)} if own else ""

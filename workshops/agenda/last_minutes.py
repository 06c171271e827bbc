"""What a session is to who waits for it in the last half hour: free to take, or not."""

from common.languages import gettext as _
from workshops.agenda import line_words
from workshops.agenda.cases import Case, take_button
from workshops.agenda.states import WAITING, Button, State


def passed_late(case: Case, leave: Button) -> State:
    """Say to who was passed for it that they may take what is free, or how it would be."""
    if case.is_free:
        return free(case, leave)
    message = line_words.late(case.clashes)
    return State(case.session, WAITING, _("Passed for now"), message, buttons=(leave,), clashes=case.clashes)


def free(case: Case, leave: Button) -> State:
    """Say to who waits that a place is free to take, unless something else keeps them from it."""
    clashes, brief = case.clashes, _("place free")
    label, message = _("A place is free: take it now"), _("Whoever presses first has it.")
    buttons: tuple[Button, ...] = (take_button(case), leave)
    if line_words.hosted(clashes) or any(one.is_elsewhere for one in clashes):
        label, message, buttons = _("A place is free"), line_words.kept_from(clashes), (leave,)
    return State(case.session, WAITING, label, message, buttons=buttons, clashes=clashes, brief=brief)

"""The sessions of an event as they are to one person, for booking: those on which something can be done."""

from datetime import datetime

from common import folding
from events.models import Registration
from team.people.in_event import SessionLine, line_of
from workshops.agenda.state_lookup import all_states


def lines(registration: Registration, words: str, *, at: datetime) -> list[SessionLine]:
    """Return the sessions whose title has each of the words, in order. Three queries, one more with words.

    ``registration`` may choose sessions; its event and member are loaded.
    """
    states = [one for one in all_states(registration, at=at).at_once().values() if one.buttons]
    wanted = folding.words(words)
    if wanted:
        folded = folding.name_folded([one.session.title for one in states])
        states = [one for one in states if all(word in folded[one.session.title] for word in wanted)]
    states.sort(key=lambda one: (str(one.session.starts_at), one.session.title, one.session.pk))
    return [line_of(one, registration.member, may_book=True) for one in states]

"""The sessions of an event as they are to one person, for booking.

Without words those on which something can be done; with words all that have them, each with what it is to
them: a caller who asks for a session hears why it cannot be booked.
"""

from datetime import datetime

from common import folding
from events.models import Registration
from team.people.in_event import SessionLine, line_of
from workshops.agenda.state_lookup import all_states


def lines(registration: Registration, words: str, *, at: datetime) -> list[SessionLine]:
    """Return the sessions whose title has each of the words, in order. Three queries, one more with words.

    ``registration`` may choose sessions; its event and member are loaded.
    """
    states = list(all_states(registration, at=at).at_once().values())
    wanted = folding.words(words)
    if not wanted:
        states = [one for one in states if one.buttons]
    else:
        folded = folding.name_folded([one.session.title for one in states])
        states = [one for one in states if all(word in folded[one.session.title] for word in wanted)]
    states.sort(key=lambda one: (str(one.session.starts_at), one.session.title, one.session.pk))
    return [line_of(one, registration.member, may_book=True) for one in states]

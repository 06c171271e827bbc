"""What saving a change of a session would do, in the words of its page: turns of the line, what it lacks."""

from dataclasses import dataclass
from datetime import datetime

from events.models import SessionContributor
from members.models import Member
from team.sessions import gaps, hosts, line
from team.sessions.gaps import Gap
from team.sessions.unmet import unmet
from workshops.programme.effects import Effects


@dataclass(frozen=True)
class Turn:
    """Somebody whose turn comes with more places; ``but`` says why the place is not simply theirs."""

    member: Member
    but: str


def turns(effects: Effects, *, at: datetime) -> list[Turn]:
    """Return who moves up, in the order of the line, and what their place would overlap."""
    look = line.look(effects.session, effects.served, at=at)
    return [Turn(one.member, look.why(one, None)) for one in effects.served]


def gaps_of(effects: Effects, *, sees_needs: bool, at: datetime) -> list[Gap]:
    """Return what the session would lack."""
    links = SessionContributor.objects.filter(session=effects.session).select_related("contributor")
    return gaps.gaps(
        effects.session,
        links,
        hosts.agreed(effects.session.event),
        is_unmet=sees_needs and bool(unmet([effects.session])),
        at=at,
    )

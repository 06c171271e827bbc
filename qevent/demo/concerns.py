"""Concerns of the demo: who reads them, one that is answered, one that is new; and who was taken out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from concerns import codes, handling, readers, removal, reporting
from concerns.models import Concern
from concerns.reporting import Told
from events import registration
from events.models import Event
from members.models import Member

ANSWERED = (
    "In the chat of the last workshop somebody made fun of how a porter writes. The host did not see it, "
    "and nobody said anything."
)
ANSWER = (
    "Thank you for telling us. We have spoken with whoever wrote it, who is sorry and will say so. Hosts "
    "have somebody beside them this time who reads the chat."
)
NEW = "One of the speakers calls patients frequent flyers in their summary. It hurts to read."
OUT = "robin@example.net"
REASON = "Rang two participants after last year’s event who had asked not to be contacted."
WORDS = (
    "You rang people after the last event who had asked you not to. They do not feel safe beside you, so you "
    "cannot take part this year."
)
ASKS = "I did not know that they minded. I have written to both to say sorry. Please look again."


def take_out(event: Event, *, by: Member, at: datetime) -> None:
    """Take somebody out who had registered, and asks for a second look: it waits for another of the team."""
    member: Member = Member.objects.create(
        email=OUT, name="Robin Marsh", password=make_password(None), membership=Member.Membership.ACTIVE
    )
    EmailAddress.objects.create(user=member, email=OUT, verified=True, primary=True)
    registration.register(event, member, by=member, at=at - timedelta(days=6))
    removal.remove(event, member, REASON, WORDS, by=by, at=at - timedelta(days=2))
    removal.ask(event, member, ASKS, by=member, at=at - timedelta(hours=20))


def load(event: Event, team: Sequence[Member], *, at: datetime) -> None:
    """Name ``team`` as those who read, and let two people report something without their name."""
    readers.set_up(event, team, by=team[0], at=at - timedelta(days=20))
    _report(event, ANSWERED, at=at - timedelta(days=6))
    answered = Concern.objects.get(event=event)
    handling.read(answered.pk, by=team[0], at=at - timedelta(days=5))
    handling.answer(answered.pk, ANSWER, seen=answered.version, by=team[0], at=at - timedelta(days=5))
    _report(event, NEW, at=at - timedelta(hours=3))


def _report(event: Event, what: str, *, at: datetime) -> None:
    seen = reporting.seen(readers.of_event(event))
    reporting.report(event, Told(form=codes.new_form(), seen=seen, what=what), at=at)

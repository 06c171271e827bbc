"""The demo's hosts: all but one have been invited, two see who comes."""

from datetime import datetime, timedelta

from events.models import Contributor, Event
from hosting import agreeing, inviting
from hosting.access import Reader
from members.models import Member

#: Who has agreed: with an account, and with the code to an address.
AGREED = ("hana@example.org", "dai-prosser@example.com")


def load(event: Event, *, at: datetime) -> None:
    """Invite the hosts, and let two of them agree."""
    tess = Member.objects.get(email="tess@example.org")
    *invited, _ = inviting.to_invite(event)
    for host in invited:
        inviting.invite(event, host, by=tess, at=at - timedelta(days=2))
    for email in AGREED:
        member = Member.objects.filter(email=email).first()
        if Contributor.objects.filter(email=email).exists():
            agreeing.agree(event, Reader(member, email), at=at - timedelta(days=1))

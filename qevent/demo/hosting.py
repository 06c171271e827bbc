"""The demo's hosts: all but one have been invited, two see who comes, one has written other words."""

from datetime import datetime, timedelta

from events.models import Contributor, Event
from hosting import access, agreeing, inviting, words
from hosting.access import Reader
from members.models import Member

#: Who has agreed: with an account, and with the code to an address.
AGREED = ("hana@example.org", "dai-prosser@example.com")

RULES = "What is told in the room stays in the room.\n\n- One speaks at a time\n- Cameras may stay off"


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
    _write_words(event, at=at - timedelta(hours=5))


def _write_words(event: Event, *, at: datetime) -> None:
    """Let the first of them write other words for a session, which wait for the team."""
    reader = Reader(address=AGREED[1])
    for part in access.parts(event, reader, at=at):
        if words.may_change(part.session, at):
            there = words.words_of(part.session)
            summary = f"{there.now['summary']} Bring one example of your own.".strip()
            wanted = there.now | {"summary": summary[:400], "ground_rules": RULES}
            words.change(part.session, reader, wanted, seen=there.seen, at=at)
            break

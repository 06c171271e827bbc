"""The demo's hosts: all but one have been invited, two see who comes, one has written other words.

That one has given a file beforehand too, and said what they need themselves.
"""

from datetime import datetime, timedelta

from events.models import Contributor, Event
from hosting import access, agreeing, files, inviting, own_needs, words
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
    _prepare(event, at=at - timedelta(hours=4))


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


def _prepare(event: Event, *, at: datetime) -> None:
    """Let them give a file to read beforehand, and tell what they need to host."""
    reader = Reader(address=AGREED[1])
    for part in access.parts(event, reader, at=at)[:1]:
        title, about = "One page to read", "Five minutes: what we mean by flow, with a drawing"
        page = _pdf(f"{part.session.title}: one page to read beforehand")
        files.add(part.session, reader, title=title, about=about, content=page, at=at)
        kinds, needs = ["captions", "tool"], "A break after forty minutes"
        own_needs.tell(event, reader, kinds=kinds, words=needs, may_keep=True, at=at)


def _pdf(line: str) -> bytes:
    """Return a PDF of one page with one line (ISO 32000-1, 7.5)."""
    text = line.encode("latin-1", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    drawn = b"BT /F1 14 Tf 60 760 Td (%s) Tj ET" % text
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
    )
    written, begins = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        begins.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % begin for begin in begins)
    ends = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows) + ends

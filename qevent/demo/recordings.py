"""The demo's recordings, once its event is over: two are published, one waits for its host."""

from datetime import datetime
from pathlib import Path
from typing import Final

from events.models import Event, Session
from members.models import Member
from recordings import agreeing, publishing, transcripts
from recordings.models import Recording

TEXTS: Final = Path(__file__).parent / "texts"
WELCOME: Final = "Welcome: a community that notices"
MORNING: Final = "Morning thoughts: what the waiting room taught me"
#: Whose host was asked, and has not answered.
WAITS: Final = "Learning from what went right"


def show(event: Event, *, at: datetime) -> None:
    """Add them, once. What is there stays as it is."""
    if Recording.objects.filter(session__event=event).exists():
        return
    tess = Member.objects.get(email="tess@example.org")
    for title, captions, seconds in ((WELCOME, "zoom", 2580), (MORNING, "teams", 2640)):
        made = _link(Session.objects.get(event=event, title=title), seconds, tess, at)
        transcripts.give_captions(made.pk, (TEXTS / f"captions-{captions}.vtt").read_bytes(), by=tess, at=at)
        for host in made.session.contributors.all():
            agreeing.note(made.session, host, agrees=True, by=tess, at=at)
        transcripts.read(made.pk, seen=1, by=tess, at=at)
        publishing.publish(made.pk, by=tess, at=at)
    _link(Session.objects.get(event=event, title=WAITS), 3120, tess, at)


def _link(session: Session, seconds: int, by: Member, at: datetime) -> Recording:
    url = f"https://video.example.org/on-demand/{session.pk}"
    return publishing.add_link(session, by=by, at=at, title=session.title, url=url, seconds=seconds)

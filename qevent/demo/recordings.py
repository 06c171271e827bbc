"""The demo's recordings, once its event is over: three are published, one waits for its host.

Two are links that lead nowhere; the third, made separately, is a file of twelve seconds that plays here.
"""

from datetime import datetime
from pathlib import Path
from typing import Final

from django.core.files import File

from events.models import Event, Session
from members.models import Member
from recordings import agreeing, files, publishing, transcripts
from recordings.models import Recording

TEXTS: Final = Path(__file__).parent / "texts"
#: A boat on drawn waves under a tone: drawn by Pillow, written as VP9 and Opus by ffmpeg.
VIDEO: Final = Path(__file__).parent / "media" / "welcome.webm"
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
        _publish(_link(Session.objects.get(event=event, title=title), seconds, tess, at), captions, tess, at)
    _publish(_file(Session.objects.get(event=event, title=WELCOME), tess, at), "video", tess, at)
    _link(Session.objects.get(event=event, title=WAITS), 3120, tess, at)


def _publish(made: Recording, captions: str, by: Member, at: datetime) -> None:
    transcripts.give_captions(made.pk, (TEXTS / f"captions-{captions}.vtt").read_bytes(), by=by, at=at)
    for host in made.session.contributors.all():
        agreeing.note(made.session, host, agrees=True, by=by, at=at)
    transcripts.read(made.pk, seen=1, by=by, at=at)
    publishing.publish(made.pk, by=by, at=at)


def _file(session: Session, by: Member, at: datetime) -> Recording:
    told = {"title": "Before you begin: twelve seconds", "seconds": 12, "is_of_session": False}
    with VIDEO.open("rb") as video:
        return files.add(session, File(video, name=VIDEO.name), by=by, at=at, **told)


def _link(session: Session, seconds: int, by: Member, at: datetime) -> Recording:
    url = f"https://video.example.org/on-demand/{session.pk}"
    return publishing.add_link(session, by=by, at=at, title=session.title, url=url, seconds=seconds)

"""A recorded session of an event that was, and a recording of it."""

from types import SimpleNamespace as Recorded

import pytest

from recordings import agreeing, publishing, transcripts
from recordings.models import Recording
from tests import make
from tests.make import BY, NOW

URL = "https://video.example/1"
LINK = {"title": "Flow, recorded", "url": URL, "seconds": 2710, "is_of_session": True}


@pytest.fixture
def recorded() -> Recorded:
    """A recorded session that Hana hosts, somebody who is registered, and a link to watch it."""
    event = make.event(slug="2026")
    session = make.session(event, slug="flow", title="Flow", is_recorded=True)
    hana = make.host(session, "Hana Evans", member=make.member("Hana Evans"))
    ada = make.member("Ada")
    make.registration(event, ada)
    recording = publishing.add_link(session, by=BY, at=NOW, **LINK)
    return Recorded(event=event, session=session, hana=hana, ada=ada, recording=recording, pk=recording.pk)


def agree(recorded: Recorded, *, agrees: bool = True) -> None:
    """Let the host answer."""
    agreeing.answer(recorded.session, recorded.hana, agrees=agrees, by=recorded.hana.member, at=NOW)


def read(recorded: Recorded, text: str = "Hana: Welcome.\n\nLet us begin.") -> None:
    """Give it a transcript that one of the team reads."""
    transcripts.give_text(recorded.pk, text, by=BY, at=NOW)
    version = Recording.objects.get(pk=recorded.pk).version
    transcripts.read(recorded.pk, seen=version, by=make.member("Tess"), at=NOW)


@pytest.fixture
def published(recorded: Recorded) -> Recorded:
    """The same, agreed to, read and published."""
    agree(recorded)
    read(recorded)
    publishing.publish(recorded.pk, by=BY, at=NOW)
    return recorded

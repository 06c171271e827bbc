"""States of what is watched on demand: none, drafts, a transcript that waits to be read, what was marked."""

from recordings import publishing, transcripts
from recordings.models import Consent, Mark, Recording
from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.shapes import LONG_WORD
from tests.found import found
from tests.make import BY

ADA, LIST = "registered and booked", "/events/2026/on-demand/"
TEAM = "/team/events/2026/recordings/"


def it_is_marked(site: Site) -> None:
    recording = Recording.objects.get()
    ada = found(site.world).ada
    Mark.objects.create(member=ada, recording=recording, watched_at=make.NOW, to_watch_at=make.NOW)
    site.look("recordings:list", "watched", ADA, LIST)
    site.look("recordings:recording", "marked", ADA, f"{LIST}{recording.pk}/")


def it_is_a_draft(site: Site) -> None:
    recording = Recording.objects.get()
    publishing.take_down(recording.pk, by=BY, at=make.NOW)
    site.look("recordings:list", "none", ADA, LIST)
    site.look("recordings:recording", "a draft", "host", f"{LIST}{recording.pk}/")
    path = f"{TEAM}{recording.pk}/"
    site.look("team:recording", "a draft", ADMIN, path)
    site.keep(site.client(ADMIN).post(f"{path}change/", {}), "team:recording", "nothing typed", ADMIN, path)
    wrong = {"title": LONG_WORD, "seconds": "an hour"}
    site.keep(site.client(ADMIN).post(f"{path}change/", wrong), "team:recording", "no length", ADMIN, path)
    empty = site.client(ADMIN).post(f"{path}transcript/", {})
    site.keep(empty, "team:recording", "no transcript", ADMIN, path)
    transcripts.give_text(recording.pk, f"Of {LONG_WORD}.", by=BY, at=make.NOW)
    Consent.objects.all().delete()
    site.look("team:recording", "to be read", ADMIN, path)
    Recording.objects.all().delete()
    site.look("team:recordings", "none", ADMIN, TEAM)


def a_recorded_session_has_none(site: Site) -> None:
    found(site.world).session.event.sessions.update(is_recorded=True)
    Recording.objects.all().delete()
    site.look("team:recordings", "some lack one", ADMIN, TEAM)


def a_host_is_asked(site: Site) -> None:
    path = "/events/2026/hosting/sessions/flow/recording/"
    for answer in ("declined", "asked"):
        Consent.objects.update(answer=answer, answered_at=None if answer == "asked" else make.NOW)
        site.look("hosting:recording", answer, "host", path)
    Recording.objects.all().delete()
    site.look("hosting:recording", "nothing to watch", "host", path)


STATES = (a_host_is_asked, it_is_marked, it_is_a_draft, a_recorded_session_has_none)

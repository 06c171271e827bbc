"""States of what is watched on demand: none, drafts, a transcript that waits to be read, what was marked."""

from recordings import publishing, transcripts
from recordings.models import Consent, Mark, Recording, TakeAway
from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.scenes.afterwards import over
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


def it_is_to_be_taken_away(site: Site) -> None:
    team, host = "/team/events/2026/sessions/flow/take-away/", "/events/2026/hosting/sessions/flow/take-away/"
    over()
    client, tess = site.client("host"), site.client(ADMIN)
    site.look("hosting:take_away", "to be written", "host", host)
    typed = {name: f"{name} {LONG_WORD}" for name in ("problem", "done", "monday", "contact")}
    links = f"{LONG_WORD} https://a.example/"
    site.keep(client.post(host, typed), "hosting:take_away", "changed meanwhile", "host", host)
    wrong = {"links": "A sheet", "problem": ""}
    site.keep(client.post(host, wrong), "hosting:take_away", "refused", "host", host)
    site.look("team:session_take_away", "to be read", ADMIN, team)
    write = f"{team}write/"
    site.look("team:session_take_away_write", "to be written", ADMIN, write)
    old = typed | {"links": links, "seen": "old"}
    site.keep(tess.post(write, old), "team:session_take_away_write", "changed meanwhile", ADMIN, write)
    site.keep(tess.post(f"{team}leave/", {}), "team:session_take_away_leave", "refused", ADMIN, team)
    waits = TakeAway.objects.filter(state="waiting")
    waits.update(state="left", decided_at=make.NOW, answer=LONG_WORD, host=None)
    site.look("hosting:take_away", "not published", "host", host)
    site.look("team:session_take_away", "not published", ADMIN, team)
    TakeAway.objects.exclude(state="published").delete()
    site.look("hosting:take_away", "published", "host", host)
    site.look("team:session_take_away", "published", ADMIN, team)
    TakeAway.objects.all().delete()
    site.look("hosting:take_away", "none", "host", host)
    site.look("team:session_take_away", "none", ADMIN, team)


STATES = (it_is_to_be_taken_away, a_host_is_asked, it_is_marked, it_is_a_draft, a_recorded_session_has_none)

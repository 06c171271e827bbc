"""States of feedback: asked about a session and the event, refused, given, read by the team and by hosts."""

from datetime import timedelta
from typing import Any

from events.models import Event, Session
from learning.models import Feedback
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.shapes import LONG_WORD
from tests.found import found
from tests.make import NOW
from tests.workshops.places import state

EVENT, SESSION = "/events/2026/feedback/", "/events/2026/sessions/flow/feedback/"
ADA, HOST = "registered and booked", "host"


def over(site: Site) -> Session:
    """The session ended an hour ago, on what was the event's last day."""
    session = Session.objects.get(pk=found(site.world).session.pk)
    began = NOW - timedelta(hours=2)
    Session.objects.filter(pk=session.pk).update(starts_at=began, ends_at=began + timedelta(hours=1))
    Event.objects.filter(pk=session.event_id).update(first_day=NOW.date(), last_day=NOW.date())
    return Session.objects.get(pk=session.pk)


def somebody_is_asked(site: Site) -> None:
    over(site)
    client = site.client(ADA)
    site.look("learning:event_feedback", "asked", ADA, EVENT)
    page = site.look("learning:session_feedback", "asked", ADA, SESSION)
    seen = str(page.context["seen"]).split('value="')[1].split('"')[0]
    for name, typed in {
        "nothing answered": {"seen": seen},
        "too long": {"seen": seen, "answer-2": "a" * 3000},
        "changed meanwhile": {"seen": "", "answer-2": f"Of {LONG_WORD}"},
    }.items():
        site.keep(client.post(SESSION, typed), "learning:session_feedback", name, ADA, SESSION)
    client.post(SESSION, {"seen": seen, "answer-1": "4"})
    site.look("learning:event_feedback", "thanked", ADA, EVENT, client=client)
    site.look("learning:session_feedback", "given", ADA, SESSION)
    site.look("events:session", "asks for feedback", ADA, "/events/2026/sessions/flow/")
    site.look("workshops:agenda", "asks for feedback", ADA, "/events/2026/agenda/")


def answers_are_read(site: Site) -> None:
    state.fill(found(site.world).session, waiting=0)
    session = over(site)
    sheet: dict[str, Any] = {"event_id": session.event_id, "shown": True}
    answers = {"1": 3, "2": f"Of {LONG_WORD}\nand more."}
    for about in (session.pk, None):
        Feedback.objects.bulk_create(Feedback(session_id=about, answers=answers, **sheet) for _ in range(5))
    site.look("team:event_feedback", "of many", ADMIN, "/team/events/2026/feedback/")
    site.look("team:event", "over", ADMIN, "/team/events/2026/")
    path = "/team/events/2026/feedback/questions/"
    typed = {f"kind-{number}": "words" for number in range(1, 6)}
    refused = site.client(ADMIN).post(path, typed | {"words-1": f"Of {LONG_WORD}"})
    site.keep(refused, "team:event_feedback_questions", "answered already", ADMIN, path)
    site.look("hosting:feedback", "of many", HOST, "/events/2026/hosting/sessions/flow/feedback/")


def few_have_answered(site: Site) -> None:
    session = over(site)
    Feedback.objects.create(event=session.event, session=session, answers={"1": 3})
    site.look("team:event_feedback", "of few", ADMIN, "/team/events/2026/feedback/")


STATES = (somebody_is_asked, answers_are_read, few_have_answered)

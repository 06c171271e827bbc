"""What people can take away of the demo's sessions, once its event is over: two to read, one for the team."""

from datetime import datetime, timedelta
from typing import Final

from events.models import Event, Session
from members.models import Member
from qevent.demo.recordings import MORNING, WAITS, WELCOME
from recordings import taking_away
from recordings.models import TakeAway

TEXTS: Final = {
    MORNING: {
        "problem": "People sat in our waiting room for 50 minutes and nobody told them why. Reception was "
        "asked the same question 90 times a morning, and those who could not ask simply left.",
        "done": "We sat there ourselves for a morning, and wrote down what people asked. Then we put one "
        "sentence on a whiteboard: how long it is now, and why. A volunteer changes it every half hour.\n\n"
        "After six weeks reception was asked 20 times a morning. A screen that we bought first did not help: "
        "nobody looked up at it.",
        "monday": "- Sit in your own waiting room for 30 minutes, without a badge\n"
        "- Write down the three questions that come most\n"
        "- Answer one of them where people look already",
        "links": "The sheet we count on https://example.org/waiting-room-sheet",
        "contact": "waiting-room@example.org",
    },
    WELCOME: {
        "problem": "Good work is done in one ward and begun again from nothing in the next: nobody knows.",
        "done": "We asked each member for one thing that they had noticed, and read all of it aloud.",
        "monday": "- Ask somebody from another ward what they stopped doing this year\n"
        "- Tell one person what you stopped doing",
        "links": "",
        "contact": "",
    },
    WAITS: {
        "problem": "We looked at what went wrong each week, and never at the 97 times that it went right.",
        "done": "For four weeks we asked at the end of each shift: what went well, and who made it so?",
        "monday": "- End one meeting this week with that question",
        "links": "",
        "contact": "",
    },
}


def show(event: Event, *, at: datetime) -> None:
    """Let hosts write them, once, and the team publish all but the last."""
    if TakeAway.objects.filter(session__event=event).exists():
        return
    tess = Member.objects.get(email="tess@example.org")
    for title, texts in TEXTS.items():
        session = Session.objects.select_related("event").get(event=event, title=title)
        host = session.contributors.order_by("pk").first()
        seen = taking_away.of(session).seen
        written = at - timedelta(hours=3)
        taking_away.write(session, texts, seen=seen, host=host, by=tess, at=written)
        if title != WAITS:
            taking_away.publish(session, seen=taking_away.of(session).seen, by=tess, at=at)

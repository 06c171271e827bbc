"""How the acts of the day are played: notices, and who is in."""

from audit.acts import Act
from events.models import Event
from live import joining_letter, late, notices, presence
from team.day import letters
from tests import make
from tests.contracts import people
from tests.contracts.acts.playing import Played, plays
from tests.make import NOW


def today() -> Event:
    """An event that is on."""
    return make.event(first_day=NOW.date(), last_day=NOW.date())


@plays(Act.NOTICE_PUT_UP, notices.put)
def putting_a_notice_up() -> Played:
    tess, event = people.staff("Event admin"), today()
    return Played(lambda: notices.put(event, "Late.", by=tess, at=NOW), lambda: event, tess)


@plays(Act.NOTICE_TAKEN_DOWN, notices.take_down)
def taking_a_notice_down() -> Played:
    tess, event = people.staff("Event admin"), today()
    session = make.session(event)
    notice = notices.put(event, "Late.", session=session, by=tess, at=NOW)
    return Played(lambda: notices.take_down(event, notice.pk, by=tess, at=NOW), lambda: session, tess)


@plays(Act.HOST_SEEN)
def seeing_a_host() -> Played:
    return seeing(presence.Who.HOST)


@plays(Act.SUPPORT_SEEN, presence.tick)
def seeing_the_captioner() -> Played:
    return seeing(presence.Who.SUPPORT)


@plays(Act.PRESENCE_TAKEN_BACK, presence.take_back)
def taking_back_that_somebody_is_in() -> Played:
    mo, session = people.staff("Support"), make.session(today())
    presence.tick(session, "host", by=mo, at=NOW)
    return Played(lambda: presence.take_back(session, "host", by=mo, at=NOW), lambda: session, mo)


def seeing(who: str) -> Played:
    mo, session = people.staff("Support"), make.session(today())
    return Played(lambda: presence.tick(session, who, by=mo, at=NOW), lambda: session, mo)


@plays(Act.SESSION_LATE, late.run_late)
def saying_that_it_is_late() -> Played:
    tess, session = people.staff("Event admin"), make.session(today(), hour=NOW.hour + 1)
    return Played(lambda: late.run_late(session, 5, by=tess, at=NOW), lambda: session, tess)


@plays(Act.JOINING_LETTER_SENT, joining_letter.send, letters.send)
def emailing_how_to_join() -> Played:
    tess, event = people.staff("Event admin"), today()
    session = make.session(event, hour=NOW.hour + 1, join_url="https://meet.example/")
    make.registration(event, make.member())
    return Played(lambda: joining_letter.send(session, "Down.", by=tess, at=NOW), lambda: session, tess)

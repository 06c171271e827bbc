"""The email of the day: how to join, where people cannot reach the site."""

from datetime import timedelta

from live import joining_letter
from tests import make
from tests.contracts import people
from tests.contracts.emails.causes_hosting import Named
from tests.make import BY, NOW
from workshops.places import booking


def _joining_letter(names: Named) -> None:
    event = make.event(title=names.title[:150], first_day=NOW.date(), last_day=NOW.date())
    session = make.workshop(
        event,
        hour=NOW.hour + 1,
        title=names.title[:200],
        join_url="https://meet.example/",
        meeting_number="123 456",
        passcode="7890",
        dial_in="+44 20 7946 0000",
    )
    booking.book(
        session, make.registration(event, make.member(names.person)), by=BY, at=NOW - timedelta(days=1)
    )
    joining_letter.send(session, "The site is down.", by=people.admin(), at=NOW)


CAUSES = {joining_letter.KIND: _joining_letter}

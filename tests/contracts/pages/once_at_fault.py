"""States that hid faults once: equal times on two days, midnight, the repeated hour, an end, a wait."""

from datetime import UTC, date, datetime, timedelta

import time_machine

from events.models import Registration, Session
from tests import make
from tests.contracts.pages.catalogue import Site
from tests.contracts.pages.events import (
    ADA,
    AGENDA,
    BO,
    EVENT,
    FLOW,
    HOME,
    NOW,
    PROGRAMME,
    REGISTER,
    VISITOR,
    WINNIE,
    change_event,
    look,
    the_event,
)
from tests.contracts.shapes import LONG_WORD
from tests.make import BY
from workshops.places import booking, choices

#: The night on which clocks go back in London, 2027: 01:00 to 02:00 comes twice.
CLOCKS_GO_BACK = date(2027, 10, 31)


def two_days_have_equal_times_and_one_session_runs_over_midnight(site: Site) -> None:
    event = the_event()
    for day in (0, 1):
        for hour in (10, 14):
            for n in (1, 2):
                make.workshop(
                    event,
                    day=day,
                    hour=hour,
                    slug=f"equal-{day}-{hour}-{n}",
                    title=f"Equal {LONG_WORD} {day} {n}",
                )
            make.session(
                event, day=day, hour=hour + 2, slug=f"all-{day}-{hour}", title=f"For all, {day} {hour}",
                format=Session.Format.PLENARY,
            )  # fmt: skip
    late = make.workshop(event, hour=23, hours=2.5, slug="late", title=f"Late {LONG_WORD}", room=LONG_WORD)
    make.workshop(event, day=1, hour=0.5, slug="early", title="Early")
    booking.book(late, Registration.objects.get(member=site.member(ADA)), by=BY, at=NOW)
    change_event()
    look(site, "equal times on two days", (VISITOR, BO, ADA), EVENT, PROGRAMME, AGENDA)
    for slug in ("late", "early", "equal-1-10-1"):
        for who in (VISITOR, ADA):
            site.look("events:session", slug, who, f"{EVENT}sessions/{slug}/")
    site.look("workshops:swap", "over midnight", ADA, f"{AGENDA}early/swap/")


def a_session_in_the_repeated_hour(site: Site) -> None:
    event = make.event(
        slug="2027", title=f"Event at night of {LONG_WORD}", first_day=CLOCKS_GO_BACK - timedelta(days=1),
        last_day=CLOCKS_GO_BACK,
    )  # fmt: skip
    midnight = datetime.combine(CLOCKS_GO_BACK, datetime.min.time(), tzinfo=UTC)
    times = {"before": (0, 1), "twice": (0.5, 1), "again": (1, 0.5), "after": (2, 1)}
    for slug, (hour, hours) in times.items():
        begins = midnight + timedelta(hours=hour)
        make.workshop(
            event, slug=slug, title=slug.title(), starts_at=begins, ends_at=begins + timedelta(hours=hours)
        )
    registration = make.registration(event, site.member(ADA))
    booking.book(event.sessions.get(slug="twice"), registration, by=BY, at=NOW)
    path = "/events/2027/"
    for of, rest in (
        ("events:event", ""),
        ("events:programme", "programme/"),
        ("workshops:agenda", "agenda/"),
        ("calendar:page", "calendar/"),
        *(("events:session", f"sessions/{slug}/") for slug in times),
    ):
        for who in (VISITOR, ADA):
            if site.client(who).get(f"{path}{rest}").status_code == 200:
                site.look(of, "clocks go back", who, f"{path}{rest}")


def a_session_goes_on_and_another_has_ended(site: Site) -> None:
    """The event is on: Ada's first session is over, the second goes on, a third is to come."""
    event = the_event()
    for hour, slug in ((11.5, "second"), (14, "third")):
        made = make.workshop(
            event, hour=hour, hours=1.5, slug=slug, title=f"{slug} {LONG_WORD}", join_url="https://join.example/2",
            passcode=LONG_WORD, dial_in=f"020 {LONG_WORD}", meeting_number="123 456",
        )  # fmt: skip
        booking.book(made, Registration.objects.get(member=site.member(ADA)), by=BY, at=NOW)
    make.workshop(event, hour=10, slug="missed", title=f"Missed {LONG_WORD}")
    make.session(event, hour=9, slug="opening", title="Opening", format=Session.Format.PLENARY)
    change_event()
    with time_machine.travel(datetime(2026, 11, 18, 12, 0, tzinfo=UTC), tick=False):
        look(site, "while it goes on", (VISITOR, BO, ADA), HOME, EVENT, PROGRAMME, REGISTER, AGENDA, FLOW)
        for slug in ("second", "third", "missed", "opening"):
            for who in (VISITOR, BO, ADA):
                site.look("events:session", f"{slug}, while it goes on", who, f"{EVENT}sessions/{slug}/")


def who_waits_for_approval_has_marked_choices(site: Site) -> None:
    event, winnie = the_event(), site.member(WINNIE)
    mine = make.registration(event, winnie, status=Registration.Status.RECEIVED)
    for hour, slug in ((14, "wished"), (14.5, "wished-too"), (23, "wished-late")):
        choices.choose(
            make.workshop(event, hour=hour, hours=2, slug=slug, title=f"{slug} {LONG_WORD}"),
            mine,
            by=BY,
            at=NOW,
        )
    change_event()
    look(site, "waits with choices", (WINNIE,), HOME, EVENT, PROGRAMME, REGISTER, AGENDA)
    for slug in ("wished", "wished-too"):
        site.look("events:session", f"{slug} by who waits", WINNIE, f"{EVENT}sessions/{slug}/")
    change_event(booking_opens_at=NOW + timedelta(days=1))
    look(site, "waits with choices, booking to open", (WINNIE,), EVENT, PROGRAMME, AGENDA)


STATES = (
    two_days_have_equal_times_and_one_session_runs_over_midnight,
    a_session_in_the_repeated_hour,
    a_session_goes_on_and_another_has_ended,
    who_waits_for_approval_has_marked_choices,
)

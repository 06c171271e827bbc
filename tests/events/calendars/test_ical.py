"""iCalendar files: read back with a parser, as a calendar program would."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr

from events.calendars import ical
from events.calendars.ical import CANCEL, REQUEST, TENTATIVE, Entry
from events.calendars.vtimezone import vtimezone
from members.models import SiteSettings
from tests.calendar_files import day, moment, offset, parameters, recurrence

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
SITE = SiteSettings(
    name="Q",
    sender_name="Q events",
    sender_email="events@q.example.org",
    first_host="events.example.org",
)
ADA = ("Ada", "ada@example.org")


def entry(**fields: Any) -> Entry:
    """An hour on a winter morning in London."""
    defaults: dict[str, Any] = {
        "name": "session-3-member-7",
        "summary": "Leading quietly",
        "starts": datetime(2026, 11, 18, 10, 0, tzinfo=UTC),
        "ends": datetime(2026, 11, 18, 11, 0, tzinfo=UTC),
        "zone": "Europe/London",
    }
    return Entry(**(defaults | fields))


def invite(
    method: str = REQUEST, to: tuple[str, str] = ADA, **fields: Any
) -> tuple[bytes, icalendar.Calendar, icalendar.Event]:
    """The file of an invitation, and its one event parsed back."""
    file = ical.invitation(entry(**fields), method, to=to, site=SITE, stamp=NOW)
    calendar = icalendar.Calendar.from_ical(file)
    return file, calendar, calendar.events[0]


@pytest.mark.parametrize("file", ["invitation", "to subscribe to", "to keep"])
def test_after_a_restore_every_entry_counts_on_from_a_higher_number(file):
    site = SiteSettings(first_host="events.example.org", first_sequence=1000)

    read = icalendar.Calendar.from_ical(
        {
            "invitation": ical.invitation(entry(sequence=2), REQUEST, to=ADA, site=site, stamp=NOW),
            "to subscribe to": ical.published([entry(sequence=2)], name="Q", site=site, at=NOW),
            "to keep": ical.collection([entry(sequence=2)], site=site, stamp=NOW),
        }[file]
    )

    assert read.events[0]["SEQUENCE"] == 1002


def test_an_invitation_asks_for_no_answer_and_comes_from_a_real_mailbox():
    _, calendar, event = invite(location="Room 3", url="https://events.example.org/x/", sequence=2)

    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert event["UID"] == "session-3-member-7@events.example.org"
    assert (event["SEQUENCE"], event["STATUS"], event["TRANSP"]) == (2, "CONFIRMED", "OPAQUE")
    assert moment(event, "DTSTAMP") == NOW
    assert (event["ORGANIZER"], parameters(event, "ORGANIZER")["CN"]) == (
        "mailto:events@q.example.org",
        "Q events",
    )
    assert event["ATTENDEE"] == "mailto:ada@example.org"
    assert parameters(event, "ATTENDEE") == {
        "CN": "Ada",
        "RSVP": "FALSE",
        "PARTSTAT": "ACCEPTED",
        "ROLE": "REQ-PARTICIPANT",
    }


def test_the_time_stands_in_the_events_zone_with_its_definition():
    file, calendar, event = invite()

    assert b"DTSTART;TZID=Europe/London:20261118T100000\r\n" in file
    assert moment(event, "DTEND") == datetime(2026, 11, 18, 11, 0, tzinfo=ZoneInfo("Europe/London"))
    assert [zone["TZID"] for zone in calendar.timezones] == ["Europe/London"]


def test_a_summer_time_is_said_by_the_clocks_of_summer():
    file, _, _ = invite(
        starts=datetime(2026, 7, 1, 9, 0, tzinfo=UTC), ends=datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    )

    assert b"DTSTART;TZID=Europe/London:20260701T100000\r\n" in file


def test_a_time_in_utc_needs_no_zone():
    file, calendar, _ = invite(zone="UTC")

    assert b"DTSTART:20261118T100000Z\r\n" in file
    assert calendar.timezones == []


def test_days_are_days_and_end_the_day_after_the_last():
    file, calendar, _ = invite(starts=date(2026, 11, 18), ends=date(2026, 11, 20), is_busy=False)

    assert b"DTSTART;VALUE=DATE:20261118\r\nDTEND;VALUE=DATE:20261120\r\n" in file
    assert (calendar.timezones, calendar.events[0]["TRANSP"]) == ([], "TRANSPARENT")


def test_a_cancellation_says_so_twice():
    _, calendar, event = invite(CANCEL, sequence=4)

    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 4)
    assert (event["TRANSP"], event["X-MICROSOFT-CDO-BUSYSTATUS"]) == ("TRANSPARENT", "FREE")


def test_an_entry_keeps_the_name_it_was_sent_under_whatever_the_site_is_called_now(settings):
    settings.SITE_URL = "https://new.example.org"

    names = [str(invite(uid_host=host)[2]["UID"]) for host in ("", "old.example.org")]

    assert names == ["session-3-member-7@events.example.org", "session-3-member-7@old.example.org"]


def test_an_invitations_own_words_begin_with_what_is_so():
    _, _, event = invite(says="Your place is booked; there is nothing to accept.", description="Read more.")

    assert event["DESCRIPTION"] == "Your place is booked; there is nothing to accept.\n\nRead more."


def test_what_is_written_once_for_all_keeps_what_is_each_ones_own():
    one = invite(name="session-3-member-7", says="Booked.")[2]
    other = invite(name="session-3-member-8", says="Booked.", sequence=2, to=("Bo", "bo@example.org"))[2]
    later = invite(name="session-3-member-7", says="Booked.", summary="Leading aloud")[2]

    said = [
        (str(event["UID"]).partition("@")[0], event["SEQUENCE"], event["ATTENDEE"], event["SUMMARY"])
        for event in (one, other, later)
    ]
    assert said == [
        ("session-3-member-7", 0, "mailto:ada@example.org", "Leading quietly"),
        ("session-3-member-8", 2, "mailto:bo@example.org", "Leading quietly"),
        ("session-3-member-7", 0, "mailto:ada@example.org", "Leading aloud"),
    ]


def test_a_file_of_several_invites_to_none_of_them():
    entries = [
        entry(name="session-1-member-7"),
        entry(name="session-2-member-7", status=ical.CANCELLED, sequence=3),
    ]

    calendar = icalendar.Calendar.from_ical(ical.collection(entries, site=SITE, stamp=NOW))

    assert (calendar["METHOD"], "REFRESH-INTERVAL" in calendar) == ("PUBLISH", False)
    assert [
        (str(one["UID"]).partition("@")[0], str(one["STATUS"]), str(one["TRANSP"]), "ATTENDEE" in one)
        for one in calendar.events
    ] == [
        ("session-1-member-7", "CONFIRMED", "OPAQUE", False),
        ("session-2-member-7", "CANCELLED", "TRANSPARENT", False),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Commas, semicolons; and \\ backslashes",
        "Line one\nline two",
        "BEGIN:VEVENT\nUID:evil",
        "Été à l’hôpital, «guillemets»",
        "改善の科学 مرحبا שלום",
        "Emoji 🧑🏽‍⚕️ families 👨‍👩‍👧‍👦 " * 9,
        "x" * 400,
    ],
)
def test_any_words_come_back_as_they_were(words):
    file, calendar, event = invite(summary=words, location=words, description=words)

    assert (event["SUMMARY"], event["LOCATION"], event["DESCRIPTION"]) == (words, words, words)
    assert len(calendar.events) == 1
    assert max(len(line) for line in file.split(b"\r\n")) <= 75


def test_control_characters_are_left_out():
    file, _, event = invite(summary="Bell\x07 and null\x00", to=("Eve\r\nATTENDEE:x\x07", "eve@example.org"))

    assert event["SUMMARY"] == "Bell and null"
    assert b"\x07" not in file
    assert parameters(event, "ATTENDEE")["CN"] == "Eve ATTENDEE:x"


def test_a_name_with_quotes_stays_one_parameter():
    _, _, event = invite(to=('Ada "the; first", L', "ada@example.org"))

    assert parameters(event, "ATTENDEE")["CN"] == "Ada 'the; first', L"


def test_a_published_calendar_has_many_events_and_no_attendees():
    entries = [entry(name=f"session-{n}-member-7", changed_at=NOW) for n in (1, 2)]

    file = ical.published(entries, name="Q: Ada", site=SITE, at=NOW)

    calendar = icalendar.Calendar.from_ical(file)
    assert (calendar["METHOD"], calendar["NAME"], calendar["X-WR-CALNAME"]) == ("PUBLISH", "Q: Ada", "Q: Ada")
    assert (calendar["X-PUBLISHED-TTL"], len(calendar.timezones)) == ("PT1H", 1)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in file
    assert ["ATTENDEE" in event for event in calendar.events] == [False, False]


def test_what_is_not_certain_keeps_nobody_busy():
    file = ical.published([entry(status=TENTATIVE)], name="Q", site=SITE, at=NOW)

    event = icalendar.Calendar.from_ical(file).events[0]
    assert (event["STATUS"], event["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")


def hours(part: icalendar.Component, name: str) -> str:
    """How many hours a clock is before UTC."""
    return f"{offset(part, name) / timedelta(hours=1):+g}"


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        ("Europe/London", ["-1SU 3 +0 +1", "-1SU 10 +1 +0"]),
        ("Europe/Dublin", ["-1SU 3 +0 +1", "-1SU 10 +1 +0"]),
        ("America/New_York", ["2SU 3 -5 -4", "1SU 11 -4 -5"]),
        ("Australia/Sydney", ["1SU 4 +11 +10", "1SU 10 +10 +11"]),
    ],
)
def test_a_zone_that_changes_its_clocks_has_one_yearly_rule_each_way(zone, rules):
    found = [
        f"{rule['BYDAY']} {rule['BYMONTH']} {hours(part, 'TZOFFSETFROM')} {hours(part, 'TZOFFSETTO')}"
        for part in vtimezone(zone, 2026, 2026).subcomponents
        for rule in [recurrence(part)]
    ]

    assert found == rules


def test_winter_is_standard_time_even_where_the_law_says_otherwise():
    names = {part.name: str(part["TZNAME"]) for part in vtimezone("Europe/Dublin", 2026, 2026).subcomponents}

    assert names == {"DAYLIGHT": "IST", "STANDARD": "GMT"}


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Pacific/Apia"])
def test_a_zone_that_never_changes_is_standard_from_the_beginning(zone):
    parts = vtimezone(zone, 2026, 2026).subcomponents

    assert [(part.name, day(part, "DTSTART").year, "RRULE" in part) for part in parts] == [
        ("STANDARD", 1970, False)
    ]


def local_offsets(definition: bytes) -> dict[datetime, timedelta]:
    """When the clocks of a definition change (in UTC), and what they are set to (RFC 5545, 3.6.5)."""
    found = {}
    for part in icalendar.Calendar.from_ical(definition).subcomponents:
        old, new = (offset(part, name) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
        start = moment(part, "DTSTART")
        rule = rrulestr(recurrence(part).to_ical().decode(), dtstart=start) if "RRULE" in part else [start]
        for local in rule:
            if local.year > 2040:
                break
            found[(local - old).replace(tzinfo=UTC)] = new
    return found


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/London",
        "Europe/Dublin",
        "Australia/Sydney",
        "Africa/Casablanca",
        "Africa/Cairo",
        "America/Havana",
        "America/Nuuk",
        "America/Santiago",
        "America/Vancouver",
        "Asia/Gaza",
        "Asia/Jerusalem",
        "Asia/Kolkata",
        "Pacific/Chatham",
    ],
)
def test_a_definition_tells_the_time_of_the_database_from_the_first_to_the_last_entry(zone):
    changes = local_offsets(vtimezone(zone, 2026, 2031).to_ical())

    at, wrong = datetime(2026, 1, 1, tzinfo=UTC), []
    while at.year <= 2031:
        told = changes[max(change for change in changes if change <= at)]
        if told != at.astimezone(ZoneInfo(zone)).utcoffset():
            wrong.append(at)
        at += timedelta(hours=6)
    assert wrong == []


@pytest.mark.parametrize("zone", ["Africa/Cairo", "America/Santiago", "Asia/Gaza", "Europe/London"])
def test_the_definition_of_a_calendar_reaches_its_last_entry(zone):
    years = (2026, 2030)
    entries = [
        entry(
            name=f"session-{year}",
            zone=zone,
            starts=datetime(year, month, 15, 10, 0, tzinfo=UTC),
            ends=datetime(year, month, 15, 11, 0, tzinfo=UTC),
        )
        for year in years
        for month in range(1, 13)
    ]

    calendar = icalendar.Calendar.from_ical(ical.published(entries, name="Q", site=SITE, at=NOW))

    changes = local_offsets(calendar.timezones[0].to_ical())
    found = []
    for one in calendar.events:
        local = moment(one, "DTSTART")
        told = changes[max(at for at in changes if at <= local)]
        found.append((local.astimezone(UTC) + told).replace(tzinfo=None) == local.replace(tzinfo=None))
    assert found == [True] * 24


def test_a_time_that_the_clocks_show_twice_is_told_in_utc():
    first, second, after = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1, 2))

    file, _, _ = invite(starts=first, ends=second)
    later, _, _ = invite(starts=second, ends=after)

    assert b"DTSTART:20261025T003000Z\r\nDTEND:20261025T013000Z\r\n" in file
    assert b"DTSTART:20261025T013000Z\r\nDTEND;TZID=Europe/London:20261025T023000\r\n" in later

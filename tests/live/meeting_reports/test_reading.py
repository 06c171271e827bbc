"""Reports as Zoom and Teams write them, each form once."""

from collections import defaultdict
from datetime import date

import pytest

from common.spreadsheets.tables import TableRefused
from live.meeting_reports import lengths
from tests.found import found
from tests.live.meeting_reports.reports import report, typed

JOINS = "Name,User Email,Join Time,Leave Time,Duration (Minutes)\n"


def people(read):
    """Whole minutes by name."""
    stays = defaultdict(list)
    for stay in read.stays:
        stays[stay.name].append(stay)
    return {name: lengths.minutes(ones) for name, ones in stays.items()}


def test_a_meeting_of_zoom_has_a_row_a_join_and_joins_at_one_time_are_counted_once():
    read = report("zoom-meeting-with-facts.csv")

    assert people(read) == {
        "Hana Host": 64,
        "Ada Mensah": 60,
        "Sî (Siân Rees)": 55,
        "iPhone von Bo": 2,
        "Caption Writers Ltd": 67,
    }
    assert read.questions == []


def test_unique_users_of_zoom_are_a_row_a_person():
    assert people(report("zoom-meeting-unique.csv")) == {"Ada Mensah": 60, "Siân Rees": 55}


def test_of_a_webinar_hosts_and_those_who_came_are_read_and_who_only_registered_is_not():
    read = report("zoom-webinar-with-facts.csv")

    assert people(read) == {"Hana Host": 68, "Ada Mensah": 60, "Siân Rees": 10, "447700900123": 41}


def test_a_webinar_without_the_facts_on_top_is_read_too():
    assert people(report("zoom-webinar-unique.csv")) == {"Ada Mensah": 60}


@pytest.mark.parametrize("name", ["teams-dmy.csv", "teams-mdy.csv"])
def test_of_teams_the_participants_are_read_and_their_joins_not_once_more(name):
    read = report(name)

    assert people(read) == {"Host, Hana": 63, "Rees, Siân": 36, "Ada Mensah (External)": 1}
    assert read.questions == []


def test_the_day_of_the_session_says_which_number_is_the_month():
    december = JOINS + "Ada,,12/09/2026 09:28:15 AM,12/09/2026 10:29:59 AM,62\n"

    [stay] = typed(december, date(2026, 12, 9)).stays
    [other] = typed(december, date(2026, 9, 12)).stays

    assert found(stay.began).date() == date(2026, 12, 9)
    assert found(other.began).date() == date(2026, 9, 12)


def test_a_report_of_another_day_is_asked_about():
    text = JOINS + "Ada,,12/09/2026 09:28:15 AM,12/09/2026 10:29:59 AM,62\n"

    [question] = typed(text).questions
    answered = typed(text, answers={question.key: "mdy"})

    assert question.is_open
    assert [value for value, _ in question.choices] == ["dmy", "mdy"]
    assert not answered.questions[0].is_open
    assert people(answered) == {"Ada": 62}


def test_midnight_and_noon_are_told_apart():
    text = JOINS + "Ada,,11/18/2026 12:15:00 AM,11/18/2026 12:15:00 PM,720\n"

    [stay] = typed(text).stays

    assert (found(stay.began).hour, found(stay.ended).hour) == (0, 12)


def test_what_is_no_report_says_where_to_find_one():
    with pytest.raises(TableRefused, match="Attendance tab"):
        typed("title,starts_at\nWelcome,09:00\n")


def test_a_report_of_nobody_is_refused():
    with pytest.raises(TableRefused, match="Nobody is in this report"):
        typed(JOINS)


def test_rows_that_say_no_time_are_nobodys_stay():
    assert typed(JOINS + "Ada,,,,\nBo,,soon,later,a while\nCy,,,,5\n").stays[0].name == "Cy"


def test_two_rows_with_a_persons_total_are_never_more_than_the_time_between():
    def row(name, began, ended, lasted):
        return f"{name}\t18/11/26, {began}\t18/11/26, {ended}\t{lasted}\n"

    heading = "Name\tFirst join\tLast leave\tIn-meeting duration\n"
    text = heading + row("Ada", "10:00:00", "11:00:00", "1h") + row("Ada", "10:00:00", "11:00:00", "1h")

    assert people(typed(text)) == {"Ada": 60}

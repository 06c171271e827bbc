"""The list that Teams gives while a meeting goes on: UTF-16 with tabs, a row for each join and each leave."""

import io
from datetime import date

import pytest

from common.spreadsheets.tables import TableRefused
from live.meeting_reports import lengths, matching
from live.meeting_reports.reading import Report, read_report
from tests.live.meeting_reports.reports import DAY

HEADING = "Full Name\tUser Action\tTimestamp\r\n"


def listed(*rows: str, day: date = DAY) -> Report:
    text = HEADING + "".join(row.replace("|", "\t") + "\r\n" for row in rows)
    content = text.encode("utf-16")
    return read_report(io.BytesIO(content), "meetingAttendanceList.csv", day, {})


def minutes(report: Report) -> dict[str, int]:
    return {one.name: lengths.minutes(one.stays) for one in matching.people_of(report.stays)}


def test_each_join_is_paired_with_the_leaving_after_it():
    report = listed(
        "Hana Host|Joined|11/18/2026, 9:55:00 AM",
        "Siân Rees|Joined|11/18/2026, 10:00:00 AM",
        "Siân Rees|Left|11/18/2026, 10:20:00 AM",
        "Siân Rees|Joined|11/18/2026, 10:30:00 AM",
        "Siân Rees|Left|11/18/2026, 10:40:00 AM",
        "Hana Host|Left|11/18/2026, 11:00:00 AM",
    )

    assert minutes(report) == {"Siân Rees": 30, "Hana Host": 65}
    assert (report.questions, report.notices) == ([], [])


def test_who_had_not_left_is_counted_until_the_last_time_in_the_list_which_is_said():
    report = listed(
        "Ada|Joined before|18/11/2026, 10:00:00",
        "Bo|Joined|18/11/2026, 10:10:00",
        "Bo|Left|18/11/2026, 10:45:00",
    )

    assert minutes(report) == {"Bo": 35, "Ada": 45}
    assert report.notices[0].startswith("1 person had not left when this list was downloaded")


def test_a_second_device_and_a_leaving_of_who_never_joined_add_nothing():
    report = listed(
        "Ada|Joined|18/11/2026, 10:00:00",
        "ADA|Joined|18/11/2026, 10:05:00",
        "Ada|Left|18/11/2026, 10:30:00",
        "Ada|Left|18/11/2026, 10:31:00",
        "Bo|Left|18/11/2026, 10:50:00",
        "|Joined|18/11/2026, 10:50:00",
        "Cy|Waved|18/11/2026, 10:55:00",
    )

    assert minutes(report) == {"Ada": 30}


@pytest.mark.parametrize(
    ("day", "when"),
    [(date(2026, 12, 9), "12/9/2026, 10:00:00 AM"), (date(2026, 12, 9), "09/12/2026, 10:00:00")],
)
def test_the_day_of_the_session_says_which_number_is_the_month(day, when):
    report = listed(f"Ada|Joined|{when}", f"Ada|Left|{when.replace('10:00', '10:15')}", day=day)

    assert minutes(report) == {"Ada": 15}
    assert report.questions == []


def test_a_list_of_nobody_is_refused():
    with pytest.raises(TableRefused, match="Nobody is in this report"):
        listed()

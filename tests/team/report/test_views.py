"""The report as a page and as files: who may read it, how much it asks, what the files hold."""

import csv
import io
from datetime import timedelta
from xml.etree import ElementTree

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event, Session
from members.capabilities import SEE_EVENTS
from tests import make
from tests.contracts import people
from tests.contracts.pages import many
from tests.make import NOW
from tests.markup import flat
from tests.workshops.places import state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

PAGE = "/team/events/2026/report/"
XLSX = f"{PAGE}all.xlsx"


def csv_rows(answer) -> list[list[str]]:
    text = answer.getvalue().decode()
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_it_is_there_before_anything_is(event, desk):
    assert desk.get(PAGE).status_code == 200
    assert "Nobody has registered yet." in flat(desk.get(PAGE).text)


@pytest.mark.parametrize("status", ["draft", "cancelled", "archived"])
def test_it_is_there_in_every_state_of_the_event(status, event, desk):
    event.status = status
    event.save(update_fields=["status"])

    assert desk.get(PAGE).status_code == 200


def test_who_may_not_see_events_reads_no_report(event):
    other = people.reader(people.staff("Moderator"))

    assert {other.get(path).status_code for path in (PAGE, XLSX, f"{PAGE}fill.csv")} == {403}
    assert not people.staff("Moderator").has_perm(SEE_EVENTS)


def test_the_page_of_the_event_leads_to_it(event, desk):
    assert f'href="{PAGE}"' in desk.get("/team/events/2026/").text


def test_it_asks_no_more_of_many_than_of_few(desk):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(PAGE).status_code == 200
        return len(queries)

    many.world(1)
    few = asked()
    event = Session.objects.get(slug="flow").event
    for number in range(30):
        state.fill(make.workshop(event, capacity=1, slug=f"w{number}", hour=number / 2), waiting=1)

    assert asked() == few


def test_a_picture_is_named_and_described(event, desk):
    state.fill(make.workshop(event, capacity=2, title="Flow"))

    page = desk.get(PAGE).text
    svg = page[page.index('<svg class="chart-frame"') :]
    picture = ElementTree.fromstring(svg[: svg.index("</svg>\n  <figcaption") + 6])  # noqa: S314  # our own

    names = str(picture.get("aria-labelledby")).split()
    said = {one.get("id"): one.text for one in picture if one.tag in ("title", "desc")}
    assert picture.get("role") == "img"
    assert [said[name] for name in names] == [
        "Registered people, day by day",
        "Columns from left to right, 2 Nov to 2 Nov; the top is 2.",
    ]


def test_a_table_as_csv_says_what_the_page_says(event, desk):
    state.fill(make.workshop(event, capacity=2, title="Flow"), waiting=1)

    answer = desk.get(f"{PAGE}fill.csv")

    assert csv_rows(answer) == [
        ["Session", "Booked", "Places", "Full to", "Waiting"],
        ["Flow", "2", "2", "100%", "1"],
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="report-2026-fill.csv"'


def test_the_workbook_has_a_sheet_for_each_table_with_numbers_as_numbers(event, desk):
    state.fill(make.workshop(event, capacity=2, title="=HYPERLINK(1)"))

    answer = desk.get(XLSX)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))

    sheet = book["How full sessions are"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Session", "Booked", "Places", "Full to", "Waiting"],
        ["'=HYPERLINK(1)", 2, 2, "100%", 0],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}
    assert book.sheetnames[-1] == "What is counted"
    assert answer["Content-Disposition"] == 'attachment; filename="report-2026.xlsx"'


def test_a_heading_that_somebody_wrote_is_no_formula_either(event, desk):
    make.event(title="=HYPERLINK(1)", first_day=event.first_day.replace(year=2025), last_day=event.first_day)
    Event.objects.exclude(pk=event.pk).update(last_day=event.first_day - timedelta(days=200))

    headings = csv_rows(desk.get(f"{PAGE}comparison.csv"))[0]

    assert headings == ["Measure", "Community event", "'=HYPERLINK(1)"]


@pytest.mark.parametrize("name", ["all.csv", "fill.xlsx", "fill.pdf", "nothing.csv"])
def test_there_is_no_other_file(name, event, desk):
    state.fill(make.workshop(event, capacity=2))

    assert desk.get(f"{PAGE}{name}").status_code == 404


def test_a_file_asks_for_the_second_step_of_a_moment_ago(event, desk):
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        answers = [desk.get(path).status_code for path in (PAGE, XLSX, f"{PAGE}registrations.csv")]

    assert answers == [200, 302, 302]

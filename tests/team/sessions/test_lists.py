"""Lists of who comes: for hosts what they may see, no formula, no access needs; each look is recorded."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine

from audit.acts import Act
from audit.confidential import Why
from audit.models import Entry
from common.spreadsheets.cells import escaped, tidy
from events.models import Registration, Session
from members.models import Member
from tests import make
from tests.answers import Answer
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat
from workshops.models import Booking, Workshop
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

BASE = "/team/events/2026/sessions/huddle/"
PAGE, CSV, XLSX, NEEDS = (
    f"{BASE}{end}" for end in ("attendance/", "attendance.csv", "attendance.xlsx", "needs/")
)
#: What a spreadsheet would take for a formula or a command.
HOSTILE = ["=HYPERLINK(1)", "+1", "-1", "@SUM", "\t=1", "\r=1", " =1", "'=1", "|cmd"]


def comes(
    session: Session, name: str, needs: str = "", *, shared: bool = False, **fields: str
) -> Registration:
    registration = make.registration(session.event, make.member(name, **fields))
    booking.book(session, registration, by=BY, at=NOW)
    if needs:
        make.needs(registration, needs, shared=shared)
    return registration


@pytest.fixture
def full(huddle: Session) -> Session:
    """Zoë and Ada have a place; Ada lets hosts know what she needs, Bo waits."""
    comes(huddle, "Zoë", "A quiet room", organisation="Liffey Care", role="Nurse")
    comes(huddle, "ada", "Captions", shared=True, organisation="Ward 7", role="Porter")
    comes(huddle, "Bo", "A ramp", shared=True)
    return huddle


def csv_rows(answer: Answer) -> list[list[str]]:
    text = answer.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def sheet_rows(answer: Answer) -> list[list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [[str(cell.value or "") for cell in row] for row in book.worksheets[0].iter_rows()]


def test_the_hosts_list_has_the_names_of_who_has_a_place_and_no_more(desk, full):
    page = flat(desk.get(PAGE).text)

    assert page.index("<bdi>ada</bdi>") < page.index("<bdi>Zoë</bdi>")
    assert [one for one in ("Bo<", "Liffey Care", "Nurse", "Captions", "A quiet room") if one in page] == []


def test_the_teams_list_has_organisation_and_role(desk, full):
    page = flat(desk.get(f"{PAGE}?for=team").text)

    assert '<bdi>Zoë</bdi></th><td data-heading="Organisation"><bdi>Liffey Care</bdi></td>' in page
    assert '<td data-heading="Role"><bdi>Nurse</bdi></td>' in page
    assert "Captions" not in page


def test_both_files_say_what_their_page_says(desk, full):
    Registration.objects.filter(member__name="ada").update(hosts_see_work=True)
    hosts = [["Name", "Organisation", "Role"], ["ada", "Ward 7", "Porter"], ["Zoë", "", ""]]
    team = [["Name", "Organisation", "Role"], ["ada", "Ward 7", "Porter"], ["Zoë", "Liffey Care", "Nurse"]]

    assert csv_rows(desk.get(CSV)) == sheet_rows(desk.get(XLSX)) == hosts
    assert csv_rows(desk.get(f"{CSV}?for=team")) == sheet_rows(desk.get(f"{XLSX}?for=team")) == team


def test_a_file_is_named_by_its_session_in_any_script(desk, event):
    make.workshop(event, slug="安全")

    plain = desk.get(f"{CSV.replace('huddle', '安全')}")

    assert plain["Content-Disposition"] == (
        "attachment; filename*=utf-8''attendance-2026-%E5%AE%89%E5%85%A8.csv"
    )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_cell_of_a_file_is_taken_for_a_formula(desk, huddle, tess, hostile):
    comes(huddle, "Ada", hostile, organisation=hostile, role=hostile)

    files = [
        csv_rows(desk.get(f"{CSV}?for=team")),
        sheet_rows(desk.get(f"{XLSX}?for=team")),
        csv_rows(desk.post(NEEDS, {"why": "1", "shown": "csv"})),
        sheet_rows(desk.post(NEEDS, {"why": "1", "shown": "xlsx"})),
    ]

    cells = [cell for rows in files for row in rows for cell in row]
    assert [cell for cell in cells if cell.strip()[:1] in tuple("=+-@\t\r|")] == []
    assert tidy(files[0][1][1]) == hostile.strip()


@pytest.mark.parametrize("name", ["\tWard 7", "\rWard 7", "\nWard 7"])
def test_no_cell_of_a_file_begins_with_a_control_character(name):
    assert escaped(name) == "Ward 7"


def test_a_sheet_holds_texts_where_a_name_is_a_number_or_a_link(desk, huddle):
    comes(huddle, "007", organisation="https://ward.example")

    book = openpyxl.load_workbook(io.BytesIO(desk.get(f"{XLSX}?for=team").content))

    cells = [cell for row in book.worksheets[0].iter_rows(min_row=2) for cell in row if cell.value]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        ("007", "s", None),
        ("https://ward.example", "s", None),
    ]


def test_another_ending_is_not_found(desk, huddle):
    assert desk.get(f"{BASE}attendance.pdf").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_a_list_costs_as_many_queries_for_any_number(desk, huddle, number, django_assert_num_queries):
    Workshop.objects.update(capacity=None)
    for registration in make.crowd(huddle.event, number):
        booking.book(huddle, registration, by=BY, at=NOW)
    desk.get(PAGE)

    with django_assert_num_queries(6):
        assert len(csv_rows(desk.get(CSV))) == number + 1


# ---- Needs ------------------------------------------------------------------------------------------


def looked_at() -> list[tuple[str, str, int]]:
    """Who was looked at, as what, and why."""
    entries = Entry.objects.filter(act__in=[Act.NEEDS_SEEN, Act.NEEDS_TAKEN_ALONG]).order_by("member_id")
    names = dict(Member.objects.values_list("pk", "name"))
    return [(names[one.member_id], one.act, one.facts["why"]) for one in entries]


def test_the_page_that_asks_why_shows_nothing_and_records_nothing(desk, full):
    page = flat(desk.get(NEEDS).text)

    assert "2 told what they need" in page
    assert [one for one in ("Captions", "A quiet", "Zoë") if one in page] == []
    assert looked_at() == []


def test_without_a_reason_nothing_is_shown(desk, full):
    answer = desk.post(NEEDS, {"shown": "page"})

    assert "Choose why you look" in answer.text
    assert "Captions" not in answer.text
    assert looked_at() == []


def test_each_look_is_recorded_with_its_reason(desk, full):
    page = flat(desk.post(NEEDS, {"why": Why.TO_ARRANGE.value, "shown": "page"}).text)

    assert page.index("Captions") < page.index("A quiet room")
    assert "A ramp" not in page
    assert looked_at() == [("Zoë", Act.NEEDS_SEEN, 1), ("ada", Act.NEEDS_SEEN, 1)]


def test_a_host_is_given_what_its_owner_lets_hosts_know(desk, full):
    page = flat(desk.post(NEEDS, {"why": Why.FOR_THE_HOST.value, "shown": "page"}).text)

    assert ("Captions" in page, "A quiet room" in page) == (True, False)
    assert looked_at() == [("ada", Act.NEEDS_SEEN, 2)]


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (Why.FOR_THE_HOST, "Nobody who has booked lets hosts know of needs."),
        (Why.TO_ARRANGE, "Nobody who has booked told us of needs."),
    ],
)
def test_where_nobody_told_of_needs_it_is_said_by_why_they_were_looked_for(desk, huddle, why, said):
    page = flat(desk.post(NEEDS, {"why": why.value, "shown": "page"}).text)

    assert said in page


def test_a_file_of_needs_is_recorded_as_one(desk, full):
    answer = desk.post(NEEDS, {"why": Why.TO_ARRANGE.value, "shown": "xlsx"})

    assert sheet_rows(answer) == [
        ["Name", "What they need", "Where it stands", "Hosts may know"],
        ["ada", "Captions", "New", "yes"],
        ["Zoë", "A quiet room", "New", "no"],
    ]
    assert looked_at() == [("Zoë", Act.NEEDS_TAKEN_ALONG, 1), ("ada", Act.NEEDS_TAKEN_ALONG, 1)]


def test_needs_and_files_ask_who_looks_once_more(full, desk):
    answers = [desk.get(NEEDS).status_code, desk.get(CSV).status_code]
    with time_machine.travel(NOW + timedelta(minutes=16)):
        asked = [desk.get(NEEDS), desk.get(CSV), desk.post(NEEDS, {"why": "1", "shown": "page"})]

    assert answers == [200, 200]
    assert [one.url.partition("?")[0] for one in asked] == ["/accounts/second-step/"] * 3
    assert looked_at() == []


def test_who_may_not_see_needs_does_not_come_near_them(full):
    ulla = people.staff("Support")
    ulla.groups.get().permissions.remove(*ulla.groups.get().permissions.filter(codename="view_accessneeds"))

    assert people.reader(ulla).get(NEEDS).status_code == 403
    assert "Access needs" not in people.reader(ulla).get(BASE).text


def test_a_cancelled_booking_is_on_no_list(desk, full):
    zoe = Booking.objects.get(member__name="Zoë")
    booking.cancel(zoe, by=BY, at=NOW)

    assert csv_rows(desk.get(CSV)) == [["Name", "Organisation", "Role"], ["ada", "", ""], ["Bo", "", ""]]

"""The fairness ledger: who departed from first come, first served, when and why; and no member's name."""

import io

import openpyxl
import pytest

from live.models import JoiningLetter
from members.models import Member
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat
from tests.team.report.tables import rows
from tests.workshops.places import state
from workshops.places import booking, waiting_list

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
PAGE = "/team/events/2026/report/"


@pytest.fixture
def moved(event):
    """Cy is moved up by Tess, before Bo."""
    _session, (_bos, cys) = state.full_with_line(event, "Bo Waits", "Cy Jumps", title="Flow")
    tess = people.staff("Event admin")
    Member.objects.filter(pk=tess.pk).update(name="Tess Acts")
    waiting_list.move_up(cys, at=NOW, by=tess, reason="Signs for Ada.")
    return tess


def test_nobody_was_moved(event, figures):
    figure = figures()["overrides"]

    assert figure.table is None
    assert figure.nothing.startswith("Nothing so far: everybody was served in the order in which they came.")


def test_each_departure_says_when_what_who_and_why(moved, figures, event):
    letter = JoiningLetter.objects.create(
        session=event.sessions.get(), details="0" * 64, reason="The site was down.", by=None, at=NOW
    )

    figure = figures()["overrides"]

    assert rows(figure) == [
        (
            "Mon 2 Nov, 10:00",
            ["Moved somebody to the head of the waiting list", "Flow", "Tess Acts", "Signs for Ada."],
        ),
        (
            "Mon 2 Nov, 10:00",
            ["Emailed how to join", "Flow", "The command line, or somebody erased", letter.reason],
        ),
    ]
    assert figure.result.startswith("2 departures are recorded.")


def test_reasons_are_for_those_who_move_people_up(moved, figures):
    cells = rows(figures(reads_reasons=False)["overrides"])[0][1]

    assert cells[-1] == "on the page, for those who change bookings"


def test_neither_page_nor_files_name_a_member(moved, desk):
    names = ("Bo Waits", "Cy Jumps")
    page, file = desk.get(PAGE).text, desk.get(f"{PAGE}overrides.csv").getvalue().decode()

    assert "Tess Acts" in page
    assert "Tess Acts" in file
    assert [name for name in names if name in page or name in file] == []


def test_reasons_which_may_name_people_are_on_the_page_and_in_no_file(moved, desk):
    book = openpyxl.load_workbook(io.BytesIO(desk.get(f"{PAGE}all.xlsx").content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]

    assert "Signs for Ada." in desk.get(PAGE).text
    assert "Signs for Ada." not in desk.get(f"{PAGE}overrides.csv").getvalue().decode()
    assert [one for one in cells if "Ada" in one] == []


def test_what_was_booked_for_people_is_counted(event, figures):
    session, tess = make.workshop(event, capacity=5), people.staff("Support")
    ada, bo = state.registered(event, "Ada", "Bo")
    booking.book(session, ada, by=tess, at=NOW)
    booking.book(session, bo, by=bo.member, at=NOW)

    assert "booked or joined a line 1 time, and gave up 0 times" in figures()["overrides"].nothing


def test_it_is_one_heading_of_the_page(moved, desk):
    assert "Departures from the rules" in flat(desk.get(PAGE).text)

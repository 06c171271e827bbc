"""What costs more than its length is bounded: HTML, cells, people, words for formats, cells of a grid."""

import io
from datetime import date

import pytest

from common.spreadsheets.tables import TableRefused
from events.models import Event
from tests import make
from workshops.programme_import.importing import look

pytestmark = pytest.mark.django_db
HEADER = "title,date,start,end,hosts,description,format\n"


@pytest.fixture
def event() -> Event:
    return make.event(first_day=date(2026, 12, 9), last_day=date(2026, 12, 10))


def planned(event, text, answers=None):
    return look(event, io.BytesIO(text.encode()), "p.csv", answers=answers)


def row(number=1, *, title="One", hosts="", description="", kind=""):
    return f'"{title} {number}",2026-12-09,9:00,10:00,"{hosts}","{description}",{kind}\n'


def refusal(event, text, answers=None):
    with pytest.raises(TableRefused) as refused:
        planned(event, text, answers)
    return str(refused.value)


@pytest.mark.slow
def test_more_html_than_descriptions_have_is_refused(event):
    marks = "<br>" * 30_000

    assert len(planned(event, HEADER + row(description=marks)).new) == 1
    assert refusal(event, HEADER + "".join(row(n, description=marks) for n in range(7))) == (
        "The cells hold too much HTML to be read here. Paste them as plain text."
    )


def test_a_cell_that_is_far_too_long_is_refused_by_its_row(event):
    assert refusal(event, HEADER + row(hosts="A B;" * 1_000)) == (
        "Row 2, hosts: This has 4000 characters; 2000 are the most."
    )


def test_a_cell_that_csv_cannot_hold_is_refused_with_the_reason(event):
    assert refusal(event, HEADER + row(description="a" * 140_000)) == (
        "Row 2: A cell holds more than 131,072 characters, or its quotation marks do not match."
    )


def test_more_people_than_an_event_has_are_refused(event):
    names = [";".join(f"Ada {number} {part}" for part in range(100)) for number in range(51)]

    text = HEADER + "".join(row(number, hosts=hosts) for number, hosts in enumerate(names))

    assert refusal(event, text) == "The file names 5,100 hosts; 5,000 are the most."


def test_more_hosts_and_themes_than_sessions_have_are_refused(event):
    text = HEADER + "".join(row(number, hosts="Ada;" * 200) for number in range(51))

    assert refusal(event, text) == "The file names hosts and themes 10,200 times; 10,000 are the most."


def test_a_grid_of_more_cells_than_an_event_has_sessions_is_refused(event):
    rooms = range(21)
    text = "Time," + ",".join(f"Room {room}" for room in rooms) + "\n"
    text += "".join(f"9:00-10:00,{','.join(f'S{n} {room}' for room in rooms)}\n" for n in range(100))

    assert refusal(event, text, {"title": "*room"}) == "The file has 2,100 sessions; 2,000 are the most."


def test_many_words_for_formats_are_one_question(event):
    text = HEADER + "".join(row(number, kind=f"strand {number}") for number in range(31))

    asked, answered = planned(event, text), planned(event, text, {"formats": "none"})

    (question,) = asked.open_questions
    assert question.words == ("31 different words stand for formats, such as “strand 0” and “strand 1”.")
    assert {one.session.format for one in answered.new} == {"talk"}
    assert answered.is_ready

"""Two presses from the board: running late, a new link; and what helps while the site is down."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
import time_machine

from live.models import JoiningLetter, Notice
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat
from tests.team.day.conftest import AT, LINK, begins
from workshops.places import booking

pytestmark = pytest.mark.django_db
BOARD = "/team/events/2026/day/"
SOON = "/team/events/2026/sessions/soon/"


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def ada(event, soon):
    """Ada has a place in the session that starts soon."""
    registration = make.registration(event, make.member("Ada Lovelace"))
    booking.book(soon, registration, by=BY, at=NOW)
    return registration


def test_running_late_is_two_presses(ada, desk):
    assert f'href="{SOON}late/"' in desk.get(BOARD).text
    page = desk.get(f"{SOON}late/").text
    assert page.count('name="minutes"') == 3
    assert "It starts at 10:15." in page

    answer = desk.post(f"{SOON}late/", {"minutes": "10"}, follow=True)

    assert "starts about 10 minutes late, at 10:15." in answer.text
    assert Notice.objects.get().kind == "late"
    refused = desk.post(f"{SOON}late/", {"minutes": "²"}, follow=True)
    assert "Choose 5, 10 or 15" in refused.text


def typed(page, **fields):
    seen = page.context["form"].initial["seen"]
    values = {"join_url": LINK, "meeting_number": "", "passcode": "", "dial_in": "", "seen": seen}
    return values | fields


def test_a_new_link_is_two_presses_and_the_board_says_to_whom(ada, soon, desk):
    assert f'href="{SOON}link/"' in desk.get(BOARD).text
    page = desk.get(f"{SOON}link/")
    assert "Save it and tell 1 person" in page.text

    answer = desk.post(f"{SOON}link/", typed(page, join_url="https://meet.example/2"), follow=True)

    assert "1 person is emailed as well." in answer.text
    soon.refresh_from_db()
    assert soon.join_url == "https://meet.example/2"
    assert "joined in another way" in answer.text


def test_a_link_to_another_service_is_asked_about_once_more(soon, desk):
    page = desk.get(f"{SOON}link/")
    other = typed(page, join_url="https://elsewhere.example/2")

    again = desk.post(f"{SOON}link/", other)
    assert "The link before led to meet.example." in again.text
    soon.refresh_from_db()
    assert soon.join_url == LINK

    desk.post(f"{SOON}link/", other | {"is_sure": "on"})
    soon.refresh_from_db()
    assert soon.join_url == "https://elsewhere.example/2"


def test_a_stale_new_link_comes_back_with_what_stands(soon, desk):
    page = desk.get(f"{SOON}link/")
    type(soon).objects.filter(pk=soon.pk).update(passcode="Theirs")

    again = desk.post(f"{SOON}link/", typed(page, passcode="Mine"))

    assert "Somebody changed it since you opened this" in again.text
    assert "passcode: Theirs;" in flat(again.text)
    assert 'value="Mine"' in again.text
    assert again.context["form"]["seen"].value() != page.context["form"].initial["seen"]
    desk.post(f"{SOON}link/", typed(page, passcode="Mine", seen=again.context["form"]["seen"].value()))
    soon.refresh_from_db()
    assert soon.passcode == "Mine"


def test_joining_letters_go_out_by_one_press_with_a_reason(event, ada, soon, desk, tess):
    begins(event, 90, "later", join_url=LINK)
    begins(event, 180, "much-later", join_url=LINK)
    page = desk.get(f"{BOARD}joining-letters/")
    assert page.context["form"]["sessions"].initial == [str(soon.pk)]
    assert [one.session.slug for one in page.context["ready"]] == ["soon", "later"]

    answer = desk.post(
        f"{BOARD}joining-letters/", {"sessions": [soon.pk], "reason": "Down since ten."}, follow=True
    )

    assert "The soon: 1 email is on the way." in answer.text
    assert (JoiningLetter.objects.get().reason, JoiningLetter.objects.get().by) == ("Down since ten.", tess)
    assert Message.objects.filter(kind="joining-letter").count() == 1
    again = desk.post(f"{BOARD}joining-letters/", {"sessions": [soon.pk], "reason": ""})
    assert "Say why it is emailed" in again.text


def test_a_letter_is_looked_at_before_and_nothing_goes_out(ada, soon, desk):
    page = flat(desk.get(f"{SOON}joining-letter/").text)

    assert "To 1 person now." in page
    assert LINK in page
    assert not Message.objects.filter(kind="joining-letter").exists()


def test_support_reads_the_sheet_and_presses_none_of_it(soon):
    mo = people.reader(people.staff("Support"))

    board = mo.get(BOARD).text
    assert "Running late" not in board
    for path in (f"{SOON}late/", f"{SOON}link/", f"{SOON}joining-letter/", f"{BOARD}joining-letters/"):
        assert mo.get(path).status_code == 403
    assert mo.get(f"{BOARD}sheet/").status_code == 200


def test_the_sheet_has_what_helps_people_in_and_names_only_where_they_are_asked_for(event, ada, soon, desk):
    make.host(soon, "Hana", email="hana@hosts.example")
    type(soon).objects.filter(pk=soon.pk).update(dial_in="+44 20 7946 0000", room="Room 2")
    make.needs(ada, "Of nobody's concern")

    page = desk.get(f"{BOARD}sheet/").text
    for words in ("10:05 to 11:05: The soon", LINK, "+44 20 7946 0000", "Room 2", "hana@hosts.example"):
        assert words in page
    assert "Ada Lovelace" not in page
    assert "Of nobody" not in page

    assert "Ada Lovelace" in desk.get(f"{BOARD}sheet/?names=yes").text


def test_the_sheet_is_of_today_or_of_the_day_that_is_asked_for(event, soon, desk):
    begins(event, 24 * 60, "tomorrow")

    assert "The tomorrow" not in desk.get(f"{BOARD}sheet/").text
    assert "The tomorrow" in desk.get(f"{BOARD}sheet/?day=2026-11-19").text
    assert "The soon" in desk.get(f"{BOARD}sheet/?day=2026-13-45").text


def test_the_sheet_is_a_file_too(event, ada, soon, desk):
    csv = b"".join(desk.get(f"{BOARD}sheet.csv")).decode()
    assert csv.splitlines()[1].startswith("10:05 to 11:05,The soon,")
    assert "Ada Lovelace" not in csv

    answer = desk.get(f"{BOARD}sheet.xlsx?names=yes")
    rows = [*openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0].values]
    assert rows[0][0] == "When"
    assert rows[1][-1] == "Ada Lovelace"
    assert desk.get(f"{BOARD}sheet.pdf").status_code == 404


def test_the_board_of_the_day_before_leads_to_letters_that_are_not_ready(event, soon, desk):
    with time_machine.travel(AT - timedelta(days=1), tick=False):
        assert "No letter is ready" in desk.get(f"{BOARD}joining-letters/").text

"""Whose each row of a report is: by confirmed address, by name among those expected, or asked about."""

import pytest

from common.spreadsheets.questions import NONE
from live.meeting_reports.matching import How, match, people_of
from tests import make
from tests.found import found
from tests.live.meeting_reports.reports import report, typed
from tests.make import BY, NOW
from workshops.places import booking

pytestmark = pytest.mark.django_db
JOINS = "Name,User Email,Join Time,Leave Time,Duration (Minutes)\n"
AN_HOUR = "11/18/2026 10:00:00 AM,11/18/2026 11:00:00 AM,60"


@pytest.fixture
def session():
    return make.workshop(make.event())


def placed(session, name, **fields):
    member = make.member(name, **fields)
    registration = make.registration(session.event, member)
    booking.book(session, registration, by=BY, at=NOW)
    return registration


def matched(session, *rows, answers=None):
    """(how, whose) of each row of Zoom's with a name and an address."""
    text = JOINS + "".join(f'"{name}",{address},{AN_HOUR}\n' for name, address in rows)
    matches = match(session, people_of(typed(text).stays), answers or {})
    return [(one.how, one.registration) for one in matches]


def test_an_address_that_was_confirmed_is_sure_whatever_the_name(session):
    ada = placed(session, "Ada Mensah", email="ada@example.org")

    assert matched(session, ("Laptop 7", "ADA@example.org")) == [(How.ADDRESS, ada)]


def test_an_address_that_nobody_confirmed_says_nothing(session):
    bo = placed(session, "Bo Ray", email="bo@example.org")
    bo.member.emailaddress_set.update(verified=False)

    assert matched(session, ("Laptop 7", "bo@example.org")) == [(How.NOBODY, None)]


@pytest.mark.parametrize(
    "written",
    ["Siân Rees", "SIAN REES", "Rees, Siân", "Si (Siân Rees)", "Sian Rees (she/her)", "Siân Rees | Leeds"],
)
def test_a_name_is_found_as_people_write_it(session, written):
    sian = placed(session, "Siân Rees")

    assert matched(session, (written, "")) == [(How.NAME, sian)]


def test_of_two_with_one_name_it_is_asked_who_it_was(session):
    one, other = placed(session, "Ada Mensah"), placed(session, "Ada Mensah")

    [doubtful] = match(session, people_of(typed(JOINS + f"Ada Mensah,,{AN_HOUR}\n").stays), {})
    question = found(doubtful.question)
    answer = {question.key: str(other.pk)}

    assert doubtful.how is How.DOUBTFUL
    assert {value for value, _ in question.choices} == {str(one.pk), str(other.pk), NONE}
    assert matched(session, ("Ada Mensah", ""), answers=answer) == [(How.ANSWER, other)]
    assert matched(session, ("Ada Mensah", ""), answers={question.key: NONE}) == [(How.NOBODY, None)]


def test_who_shares_a_word_of_the_name_is_asked_about(session):
    ada = placed(session, "Ada Mensah")

    [one] = match(session, people_of(typed(JOINS + f"Ada iPad,,{AN_HOUR}\n").stays), {})

    assert one.how is How.DOUBTFUL
    assert found(one.question).choices[0] == (str(ada.pk), "Ada Mensah")


def test_somebody_registered_without_a_place_is_asked_about_by_name_and_sure_by_address(session):
    cy = make.registration(session.event, make.member("Cy Doe", email="cy@example.org"))

    assert matched(session, ("Cy Doe", "")) == [(How.DOUBTFUL, None)]
    assert matched(session, ("Cy Doe", "cy@example.org")) == [(How.ADDRESS, cy)]


def test_hosts_are_known_by_address_and_by_name(session):
    make.host(session, "Hana Host", email="hana@example.org")

    assert matched(session, ("H.", "hana@example.org"), ("Host, Hana", "")) == [(How.HOST, None)] * 2


def test_a_host_with_the_name_of_somebody_who_comes_is_asked_about(session):
    placed(session, "Hana Host")
    make.host(session, "Hana Host")

    assert matched(session, ("Hana Host", "")) == [(How.DOUBTFUL, None)]


def test_strangers_are_nobody_of_ours(session):
    placed(session, "Ada Mensah")

    assert matched(session, ("Caption Writers Ltd", ""), ("447700900123", "")) == [(How.NOBODY, None)] * 2


def test_where_nobody_books_all_who_are_registered_are_expected():
    plenary = make.session(make.event(), format="plenary")
    ada = make.registration(plenary.event, make.member("Ada Mensah"))

    assert matched(plenary, ("Ada Mensah", "")) == [(How.NAME, ada)]


def test_people_of_another_event_are_not_ours(session):
    elsewhere = make.event()
    make.registration(elsewhere, make.member("Bo Ray", email="bo@example.org"))

    assert matched(session, ("Bo Ray", "bo@example.org")) == [(How.NOBODY, None)]


def test_matching_asks_as_much_of_one_row_as_of_thirty(session, django_assert_num_queries):
    for number in range(4):
        placed(session, f"Ada Mensah {number}")
    people = people_of(report("zoom-meeting-with-facts.csv").stays)

    with django_assert_num_queries(6):
        match(session, people, {})
    with django_assert_num_queries(6):
        match(session, people[:1], {})

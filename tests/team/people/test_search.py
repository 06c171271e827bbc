"""Finding a person: by what is typed, for whom, and how it is asked."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members import addresses
from members.models import ListedAddress, Member
from members.privacy import erasure
from team.people import search
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

PAGE = "/team/people/"
NAME = "Siân Fôn-Jones O’Malley"


def names(desk, words):
    """The names that are found, in order."""
    return [row.person.name for row in desk.get(PAGE, {"q": words}).context["rows"]]


def only(*permissions: str) -> Client:
    """The browser of somebody of the team who may do this alone."""
    member = people.staff()
    for one in permissions:
        app, _, codename = one.partition(".")
        member.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    client = Client()
    client.force_login(member)
    return client


@pytest.mark.parametrize(
    "words",
    [
        "sian",
        "Fon-Jones",
        "fonjones",
        "O'Malley",
        "omalley sian",
        "ward 7",
        "MALLEY ward",
        "sian@nhs",
        "nhs.ex",
        "ys",
    ],
)
def test_a_person_is_found_by_any_part_of_name_address_or_organisation(desk, words):
    make.member(NAME, email="sian@nhs.example", organisation="Ward 7, Ynys Môn")
    make.member("Bo", email="bo@nhs.test", organisation="Ward 8")

    assert names(desk, words) == [NAME]


def test_every_word_must_fit_and_nothing_typed_finds_nobody(desk):
    make.member(NAME, email="sian@nhs.example", organisation="Ward 7")

    assert names(desk, "sian ward 8") == names(desk, "") == names(desk, " \n ") == []
    assert "Nobody found" in desk.get(PAGE, {"q": "sian ward 8"}).text
    assert "Nobody found" not in desk.get(PAGE).text


def test_a_whole_address_leads_straight_to_the_person(desk):
    sian = make.member(NAME, email="sian@nhs.example")
    make.member("Other", email="other.sian@nhs.example")

    answer = desk.get(PAGE, {"q": " Sian@NHS.example "})

    assert answer.headers["Location"] == f"{PAGE}{sian.pk}/"
    assert names(desk, "sian@nhs.exampl") == ["Other", NAME]


def test_the_words_stay_in_the_field_and_pages_follow(desk):
    for number in range(31):
        make.member(f"Ann {number:02}")

    first = desk.get(PAGE, {"q": "ann"})
    second = desk.get(PAGE, {"q": "ann", "page": 2})

    assert 'value="ann"' in flat(first.text)
    assert "31 people" in first.text
    assert [row.person.name for row in second.context["rows"]] == ["Ann 30"]


def test_who_had_the_address_before_is_found_by_those_who_may_see_where_letters_went(desk, sam):
    sian = make.member(NAME, email="old@nhs.example")
    addresses.correct(sian, "new@nhs.example", by=sam, at=NOW)

    assert names(desk, "OLD@nhs.example") == [NAME]
    assert only("members.change_member").get(PAGE, {"q": "old@nhs.example"}).context["rows"] == []


def test_who_is_on_the_list_without_an_account_is_named_apart(desk):
    ListedAddress.objects.create(email="lee@list.example", name="Léa Stone", organisation="Ward 9")
    ListedAddress.objects.create(email="has@account.example", name="Lea Has")
    make.member("Lea Has", email="has@account.example")

    listed = desk.get(PAGE, {"q": "lea"}).context["listed"]

    assert [one.email for one in listed] == ["lee@list.example"]
    assert list(only("members.change_member").get(PAGE, {"q": "lea"}).context["listed"]) == []


def test_who_was_erased_is_nobody(desk):
    gone = make.member("Gone Long")
    erasure.erase(gone, by=make.member("Root", is_superuser=True, is_staff=True), at=NOW)

    assert names(desk, "erased") == names(desk, "gone") == []
    assert desk.get(f"{PAGE}{gone.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("membership", "says"),
    [
        ("active", "Member"),
        ("ended", "Membership ended"),
        ("declined", "Not approved"),
        ("waiting", "Waiting"),
    ],
)
def test_each_comes_with_how_they_stand(desk, membership, says):
    make.member(NAME, membership=membership)

    assert desk.get(PAGE, {"q": "sian"}).context["rows"][0].standing.label.startswith(says)


def test_who_waits_and_has_not_confirmed_the_address_or_may_not_log_in_is_said(desk):
    new = Member.objects.create_user("new@x.example", name="Nia New")
    closed = make.member("Nia Shut", is_active=False)

    rows = desk.get(PAGE, {"q": "nia"}).context["rows"]

    assert [(row.person, row.standing.label) for row in rows] == [
        (new, "Address not confirmed"),
        (closed, "Account closed"),
    ]


def test_what_they_are_registered_for_is_shown_to_who_may_see_events(desk):
    ahead, over = (
        make.event(title="Ahead"),
        make.event(title="Over", last_day=date(2026, 1, 2), first_day=date(2026, 1, 1)),
    )
    sian = make.member(NAME)
    make.registration(ahead, sian, status="waiting", ticket=3)
    make.registration(over, sian)

    page = desk.get(PAGE, {"q": "sian"})
    blind = only("members.change_member").get(PAGE, {"q": "sian"})

    assert page.context["rows"][0].registered == "Ahead (on the waiting list of the event)"
    assert "Registered for" in page.text
    assert blind.context["rows"][0].registered == ""
    assert "Registered for" not in blind.text


@pytest.mark.parametrize("role", ["Moderator", "Blog editor", ""])
def test_who_may_not_change_members_finds_nobody(role):
    ada = make.member()
    client = Client()
    client.force_login(people.staff(*filter(None, [role])))

    assert client.get(PAGE, {"q": "ada"}).status_code == 403
    assert client.get(PAGE, {"q": ada.email}).status_code == 403
    assert client.get(f"{PAGE}{ada.pk}/").status_code == 403


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 10_000])
def test_ten_thousand_people_take_as_many_queries_as_one_and_an_index_finds_them(desk, sam, number):
    Member.objects.bulk_create(
        Member(name=f"Person {n:05}", email=f"p{n}@crowd.example", organisation=f"Trust {n % 40}")
        for n in range(number)
    )
    make.known_to_the_planner()

    with CaptureQueriesContext(connection) as asked:
        page = desk.get(PAGE, {"q": "person 00000 trust"})
    plan = search.people("person 00000", reader=sam).explain()

    assert len(page.context["rows"]) == 1
    assert len(asked) == 9
    if number > 1:
        assert plan.count("Bitmap Index Scan on member_organisation_parts") == 2
        assert "Filter: (name_folded(" not in plan

"""Importing the community's list: what it adds, updates and leaves, and whom it makes a member."""

import io
from threading import Thread

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import connection

from members import membership
from members.list_import import importing
from members.list_import.importing import import_members, plan
from members.list_import.reading import Entry
from members.models import ListedAddress, Member
from notifications.models import Message
from tests import make
from tests.make import BY, NOW
from tests.members.list_import.lists import HEADINGS, listed, read

pytestmark = pytest.mark.django_db


def load(text: str):
    return import_members(read(text).entries, by=BY, at=NOW)


def waiting(email: str, *, confirmed: bool = True) -> Member:
    member = make.member("Ada", email=email, membership=Member.Membership.WAITING)
    EmailAddress.objects.filter(user=member).update(verified=confirmed)
    return member


def test_the_list_is_imported():
    done = load(HEADINGS + "ada@example.org,Ada,NHS,Nurse,Wales\nbo@example.org,,,,\n")

    assert listed() == [
        ("ada@example.org", "Ada", "NHS", "Nurse", "wales"),
        ("bo@example.org", "", "", "", ""),
    ]
    assert [entry.email for entry in done.new] == ["ada@example.org", "bo@example.org"]
    assert set(ListedAddress.objects.values_list("created_at", flat=True)) == {NOW}


def test_twice_changes_nothing_and_says_so():
    text = HEADINGS + "ada@example.org,Ada,NHS,Nurse,Wales\n"
    load(text)
    before = listed()

    again = load(text)

    assert again.changes_nothing
    assert importing.in_words(again) == "All of it was so already: nothing has changed."
    assert [entry.email for entry in again.unchanged] == ["ada@example.org"]
    assert listed() == before


def test_what_was_edited_is_updated_and_what_is_not_in_the_file_stays_as_it_is():
    load(HEADINGS + "ada@example.org,Ada,NHS,Nurse,Wales\nbo@example.org,Bo,,,\n")

    done = load("email,name,role\nada@example.org,Ada L,\nbo@example.org,Bo,\n")

    assert [entry.email for entry in done.changed] == ["ada@example.org"]
    assert listed() == [
        ("ada@example.org", "Ada L", "NHS", "Nurse", "wales"),
        ("bo@example.org", "Bo", "", "", ""),
    ]


def test_rows_that_are_gone_are_named_and_stay():
    load("email\nada@example.org\nbo@example.org\n")

    done = load("email\nada@example.org\n")

    assert done.gone == ["bo@example.org"]
    assert [row[0] for row in listed()] == ["ada@example.org", "bo@example.org"]


def test_who_waits_with_a_confirmed_address_becomes_a_member_and_is_told():
    ada = waiting("ada@example.org")

    done = load("email\nADA@example.org\n")

    ada.refresh_from_db()
    assert [member.pk for member in done.waiting] == [ada.pk]
    assert ada.membership == Member.Membership.ACTIVE
    assert [message.kind for message in Message.objects.all()] == ["membership-approved"]


def test_who_has_not_confirmed_their_address_goes_on_waiting():
    bo = waiting("bo@example.org", confirmed=False)

    done = load("email\nbo@example.org\n")

    bo.refresh_from_db()
    assert done.waiting == []
    assert bo.membership == Member.Membership.WAITING


@pytest.mark.parametrize("status", [Member.Membership.ENDED, Member.Membership.DECLINED])
def test_the_list_undoes_no_decision_of_the_team(status):
    ada = make.member("Ada", email="ada@example.org", membership=status)

    load("email\nada@example.org\n")

    ada.refresh_from_db()
    assert ada.membership == status


def test_the_plan_says_what_the_import_does_and_changes_nothing():
    waiting("ada@example.org")
    make.member("Bo", email="bo@example.org")
    ListedAddress.objects.create(email="old@example.org")
    ListedAddress.objects.create(email="bo@example.org", name="B")
    entries = read("email,name\nada@example.org,Ada\nbo@example.org,Bo\n").entries
    before = listed()

    planned = plan(entries)

    assert [entry.email for entry in planned.new] == ["ada@example.org"]
    assert [entry.email for entry in planned.changed] == ["bo@example.org"]
    assert planned.members == 1
    assert [member.email for member in planned.waiting] == ["ada@example.org"]
    assert planned.gone == ["old@example.org"]
    assert listed() == before
    assert not Message.objects.exists()


def test_an_entry_says_only_what_the_file_said():
    assert Entry("ada@example.org", "Ada", None, None, "wales").details() == {
        "name": "Ada",
        "region": "wales",
    }


@pytest.mark.slow
def test_five_thousand_rows_take_as_many_queries_as_two_thousand(django_assert_num_queries):
    """One for each thousand that is written, and one for each of two thousand lines of a bulk update."""
    entries = [Entry(f"person{number}@example.org", f"Person {number}", "NHS") for number in range(7000)]

    for few, queries in ((entries[:2000], 11), (entries[2000:], 14)):
        with django_assert_num_queries(queries):
            import_members(few, by=BY, at=NOW)
    with django_assert_num_queries(7):
        again = import_members(entries, by=BY, at=NOW)

    assert ListedAddress.objects.count() == 7000
    assert (len(again.unchanged), again.changes_nothing) == (7000, True)


@pytest.mark.django_db(transaction=True)
def test_who_confirms_while_the_list_is_being_written_is_a_member_all_the_same(monkeypatch):
    ada = waiting("ada@example.org", confirmed=False)
    write = importing._write

    def confirm() -> None:
        EmailAddress.objects.filter(user=ada).update(verified=True)
        membership.confirmed_address(ada, at=NOW)
        connection.close()

    def write_while_she_confirms(done, by, at) -> None:
        write(done, by, at)
        thread = Thread(target=confirm)
        thread.start()
        thread.join()

    monkeypatch.setattr(importing, "_write", write_while_she_confirms)
    done = import_members([Entry("ada@example.org")], by=BY, at=NOW)

    ada.refresh_from_db()
    assert ada.membership == Member.Membership.ACTIVE
    assert [member.pk for member in done.waiting] == [ada.pk]


def run(path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_members", str(path), *options, stdout=out, stderr=out)
    return out.getvalue()

import io
import time
from dataclasses import asdict
from threading import Barrier, Thread

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from members import member_import, membership
from members.member_import import Entry, import_members, plan, read_entries
from members.models import ListedAddress, Member
from members.regions import region_of
from members.tables import TableRefused
from notifications.models import Message
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db

HEADINGS = "email,name,organisation,role,region\n"


def read(text: str):
    return read_entries(io.BytesIO(text.encode()), "list.csv")


def refusal(text: str) -> list[str]:
    with pytest.raises(TableRefused) as refused:
        read(text)
    return [str(problem) for problem in refused.value.problems]


def listed() -> list[tuple[str, ...]]:
    rows = ListedAddress.objects.order_by("email")
    return list(rows.values_list("email", "name", "organisation", "role", "region"))


def load(text: str):
    return import_members(read(text).entries, by=None, at=NOW)


def waiting(email: str, *, confirmed: bool = True) -> Member:
    member = make.member("Ada", email=email, membership=Member.Membership.WAITING)
    member.emailaddress_set.update(verified=confirmed)
    return member


def test_a_list_is_read_in_any_order_and_case():
    upload = read(
        "REGION,Job title,E-mail,Full name,Organization\nNorth East,Nurse,ADA@Example.org,Ada  L,NHS\n"
    )

    assert upload.entries == [Entry("ada@example.org", "Ada L", "NHS", "Nurse", "north-east")]
    assert upload.notices == []


def test_problems_come_by_row_all_at_once():
    rows = [
        "ada@example.org,Ada,,,",
        "not an address,Bo,,,",
        ",Cy,,,",
        "ADA@example.org,Ada again,,,",
        f"di@example.org,{'x' * 151},{'x' * 201},{'x' * 201},",
        f"{'e' * 250}@example.org,E,,,",
        "fay@example.org,\u202eyaf,,,",
    ]

    assert refusal(HEADINGS + "\n".join(rows)) == [
        'Row 3, email: "not an address" is not an email address.',
        "Row 4, email: There is no email address.",
        "Row 5, email: ada@example.org is in row 2 already, with other details.",
        "Row 6, name: This is longer than 150 characters.",
        "Row 6, organisation: This is longer than 200 characters.",
        "Row 6, role: This is longer than 200 characters.",
        "Row 7, email: This is longer than 254 characters.",
        "Row 8, name: Enter the name without line breaks and invisible characters.",
    ]


def test_a_row_that_says_the_same_again_counts_once():
    upload = read(HEADINGS + "ada@example.org,Ada,,,\nADA@Example.org , Ada ,,,\nbo@example.org,Bo,,,\n")

    assert [entry.email for entry in upload.entries] == ["ada@example.org", "bo@example.org"]
    assert upload.notices == ["Rows that say the same as one above count once: 1."]


@pytest.mark.parametrize("headings", ["First name,Surname", "Given name,Family name", "forename,last_name"])
def test_a_name_in_two_columns_becomes_one(headings):
    upload = read(f"E-mail address,{headings}\nada@example.org,Ada, King  Lovelace\nbo@example.org,,Bo\n")

    assert [(entry.email, entry.name) for entry in upload.entries] == [
        ("ada@example.org", "Ada King Lovelace"),
        ("bo@example.org", "Bo"),
    ]


def test_two_halves_of_a_name_are_together_no_longer_than_a_name():
    first, last = "x" * 100, "y" * 60

    assert refusal(f"email,first name,last name\nada@example.org,{first},{last}\n") == [
        "Row 2, name: This is longer than 150 characters."
    ]


def test_an_unknown_region_is_left_empty_and_said():
    upload = read("email,region\na@example.org,Atlantis\nb@example.org,scotland\n")

    assert [entry.region for entry in upload.entries] == ["", "scotland"]
    assert upload.notices == ["Left empty, because not known as a nation or region: Atlantis."]


@pytest.mark.parametrize(
    ("words", "region"),
    [
        ("London", "london"),
        ("england: london", "london"),
        ("Yorkshire & the Humber", "north-east"),
        ("West Midlands", "midlands"),
        ("East of England", "east"),
        ("Northern Ireland", "northern-ireland"),
        ("northern-ireland", "northern-ireland"),
        ("Republic of Ireland", "ireland"),
        ("Wales ", "wales"),
        ("", ""),
        ("Mars", ""),
    ],
)
def test_regions_are_known_by_the_names_people_use(words, region):
    assert region_of(words) == region


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
    assert member_import.in_words(again) == "All of it was so already: nothing has changed."
    assert [entry.email for entry in again.unchanged] == ["ada@example.org"]
    assert listed() == before


def test_what_was_edited_is_updated_and_what_is_not_in_the_file_stays_as_it_is():
    load(HEADINGS + "ada@example.org,Ada,NHS,Nurse,Wales\nbo@example.org,Bo,,,\n")

    done = load("email,name,role\nada@example.org,Ada L,\nbo@example.org,Bo,\n")

    assert [entry.email for entry in done.changed] == ["ada@example.org"]
    assert listed() == [
        ("ada@example.org", "Ada L", "NHS", "", "wales"),
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


def test_who_has_not_confirmed_her_address_goes_on_waiting():
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


def test_an_entry_survives_being_kept_between_preview_and_confirmation():
    entry = Entry("ada@example.org", "Ada", None, "", "wales")

    assert Entry(**asdict(entry)) == entry
    assert entry.details() == {"name": "Ada", "role": "", "region": "wales"}


def five_thousand() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Members")
    sheet.append(["Email", "Name", "Organisation", "Role", "Region"])
    for number in range(5000):
        sheet.append([f"person{number}@example.org", f"Person {number}", "NHS", "Nurse", "Wales"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_five_thousand_rows_take_seconds_and_few_queries(django_assert_max_num_queries):
    content = five_thousand()

    started = time.monotonic()
    upload = read_entries(io.BytesIO(content), "list.xlsx")
    with django_assert_max_num_queries(16):
        import_members(upload.entries, by=None, at=NOW)
    with django_assert_max_num_queries(12):
        again = import_members(upload.entries, by=None, at=NOW)
    took = time.monotonic() - started

    assert ListedAddress.objects.count() == 5000
    assert again.changes_nothing
    assert took < 15


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_list_each_address_once():
    entries = [Entry(f"person{number}@example.org", "P") for number in range(50)]
    barrier = Barrier(4)
    done = []

    def run() -> None:
        barrier.wait()
        done.append(len(import_members(entries, by=None, at=NOW).new))
        connection.close()

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == [0, 0, 0, 50]
    assert ListedAddress.objects.count() == 50


@pytest.mark.django_db(transaction=True)
def test_who_confirms_while_the_list_is_being_written_is_a_member_all_the_same(monkeypatch):
    ada = waiting("ada@example.org", confirmed=False)
    write = member_import._write

    def confirm() -> None:
        ada.emailaddress_set.update(verified=True)
        membership.confirmed_address(ada, at=NOW)
        connection.close()

    def write_while_she_confirms(done, at) -> None:
        write(done, at)
        thread = Thread(target=confirm)
        thread.start()
        thread.join()

    monkeypatch.setattr(member_import, "_write", write_while_she_confirms)
    done = import_members([Entry("ada@example.org")], by=None, at=NOW)

    ada.refresh_from_db()
    assert ada.membership == Member.Membership.ACTIVE
    assert [member.pk for member in done.waiting] == [ada.pk]


# ---- The command ------------------------------------------------------------------------------------


def run(path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_members", str(path), *options, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_imports_and_says_what_it_did(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("email,shoe size\nada@example.org,39\n")

    first, second = run(path), run(path)

    assert "Not read, because not known: shoe size." in first
    assert "     1  new" in first
    assert "The list is imported: 1 new, 0 changed, 0 unchanged." in first
    assert "All of it was so already: nothing has changed." in second
    assert [row[0] for row in listed()] == ["ada@example.org"]


def test_a_dry_run_changes_nothing(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("email\nada@example.org\n")

    assert "This was a dry run: nothing has changed." in run(path, "--dry-run")
    assert listed() == []


def test_the_command_refuses_the_whole_list_by_row(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("email\nada@example.org\nnonsense\n")

    with pytest.raises(CommandError) as refused:
        run(path)

    assert str(refused.value) == (
        'Nothing has been imported.\nRow 3, email: "nonsense" is not an email address.'
    )
    assert listed() == []


def test_the_command_says_when_there_is_no_such_file(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        run(tmp_path / "nothing.csv")

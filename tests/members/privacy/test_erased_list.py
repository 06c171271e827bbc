"""Who was erased stays erased: after a restore, and whatever list is imported."""

import io
import json
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from common.spreadsheets.tables import TableRefused
from events.models import Contributor
from members.admin.forms import ListedAddressForm
from members.list_import.reading import read_list
from members.models import ListedAddress, Member
from members.privacy import erased_list, erasure
from members.privacy.erased_list import ErasedList
from notifications.models import Message
from tests import make
from tests.make import BY, NOW
from tests.workshops.programme_import import programmes

EMAIL = "zoe@wards.example"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday", "folders")]


def restored() -> Member:
    """Erase Zoe, and bring back what a backup had of her account, of a list and of a programme."""
    zoe = make.member("Zoe", email=EMAIL)
    made_at, pk = zoe.date_joined, zoe.pk
    erasure.erase(zoe, by=BY, at=NOW)
    zoe.erasures.all().delete()
    Member.objects.filter(pk=pk).update(name="Zoe", email=EMAIL, is_active=True, date_joined=made_at)
    EmailAddress.objects.create(user_id=pk, email=EMAIL, verified=True, primary=True)
    Message.objects.all().delete()
    ListedAddress.objects.create(email=EMAIL.upper())
    zoe.refresh_from_db()
    return zoe


def erase_again() -> str:
    said = io.StringIO()
    call_command("erase_again", stdout=said)
    return said.getvalue()


def test_after_a_restore_they_are_erased_again_and_not_told_twice():
    zoe = restored()

    said = erase_again()

    zoe.refresh_from_db()
    assert said == "Erased again: 1 account, and 0 addresses without an account.\n"
    assert (zoe.name, zoe.is_active) == ("Erased account", False)
    assert not ListedAddress.objects.exists()
    assert not Message.objects.exists()


def test_repeating_it_changes_nothing():
    restored()
    erase_again()

    assert erase_again() == "Erased again: 0 accounts, and 0 addresses without an account.\n"
    assert len(ErasedList().entries) == 1


def test_an_address_alone_is_erased_wherever_it_stands():
    erasure.erase(make.member("Zoe", email=EMAIL), by=BY, at=NOW)
    ListedAddress.objects.create(email=EMAIL)
    host = make.host(make.session(make.event()), "Zoe", email=EMAIL.title())
    other = ListedAddress.objects.create(email="bo@wards.example")

    said = erase_again()

    assert said == "Erased again: 0 accounts, and 1 address without an account.\n"
    assert list(ListedAddress.objects.all()) == [other]
    assert Contributor.objects.get(pk=host.pk).email == ""


def test_somebody_else_with_the_same_number_stays():
    """A backup may be older than the account that was erased: its number is given out again."""
    zoe = make.member("Zoe", email=EMAIL)
    erasure.erase(zoe, by=BY, at=NOW)
    zoe.erasures.all().delete()
    newcomer = Member.objects.get(pk=zoe.pk)
    Member.objects.filter(pk=zoe.pk).update(
        name="Newcomer", email="new@wards.example", date_joined=newcomer.date_joined.replace(microsecond=1)
    )

    erase_again()

    assert Member.objects.get(pk=zoe.pk).name == "Newcomer"


def test_who_has_come_back_by_themselves_stays():
    erasure.erase(make.member("Zoe", email=EMAIL), by=BY, at=NOW)
    back = make.member("Zoe", email=EMAIL)
    ListedAddress.objects.create(email=EMAIL)

    erase_again()

    back.refresh_from_db()
    assert (back.name, ListedAddress.objects.count()) == ("Zoe", 1)
    assert not ErasedList().refuses(EMAIL)


def test_a_list_of_members_leaves_them_out_and_says_so():
    erasure.erase(make.member("Zoe", email=EMAIL), by=BY, at=NOW)
    file = io.BytesIO(f"email\n{EMAIL.upper()}\nbo@wards.example\n".encode())

    read = read_list(file, "list.csv", {})

    assert [entry.email for entry in read.entries] == ["bo@wards.example"]
    assert [(one.row, one.message) for one in read.problems] == [(2, erased_list.ON_THE_LIST)]


def test_nobody_puts_them_on_the_list_by_hand():
    erasure.erase(make.member("Zoe", email=EMAIL), by=BY, at=NOW)

    form = ListedAddressForm({"email": EMAIL})

    assert form.errors == {"email": [erased_list.ON_THE_LIST]}


def test_a_programme_refuses_their_address_and_takes_their_name():
    erasure.erase(make.member("Zoe", email=EMAIL), by=BY, at=NOW)

    with pytest.raises(TableRefused) as refused:
        programmes.load(make.event(), f"Flow,Zoe <{EMAIL}>", header="title,hosts")

    assert [one.message for one in refused.value.problems] == [
        "Zoe asked us to erase their address. Write the name alone."
    ]


def test_a_line_that_was_cut_off_keeps_nobody_from_being_put_on_the_list(settings):
    zoe, bo = make.member("Zoe", email=EMAIL), make.member("Bo")
    erasure.erase(zoe, by=BY, at=NOW)
    written = Path(settings.ERASED_ROOT, erased_list.LIST)
    with written.open("a") as file:
        file.write('{"id": 7, "acc')

    assert ErasedList().has_address(EMAIL)
    erasure.erase(bo, by=BY, at=NOW)
    assert [json.loads(line)["id"] for line in written.read_text().splitlines()] == [zoe.pk, bo.pk]


def test_who_takes_back_an_erasure_that_had_failed_is_not_on_the_list_any_more():
    zoe, bo = make.member("Zoe", email=EMAIL), make.member("Bo")
    erasure.erase(bo, by=BY, at=NOW)
    erasure.ask(zoe, by=zoe, at=NOW)
    erased_list.note(zoe.pk, zoe.date_joined, [EMAIL])  # as it had begun

    erasure.take_back(zoe, by=zoe, at=NOW)

    assert [entry.id for entry in ErasedList().entries] == [bo.pk]
    assert "Erased again: 0 accounts" in erase_again()


def test_the_list_names_nobody(settings):
    erasure.erase(make.member("Zoe", email=EMAIL), by=BY, at=NOW)

    files = {path.name: path for path in settings.ERASED_ROOT.iterdir()}
    line = json.loads(files[erased_list.LIST].read_text())
    assert set(line) == {"id", "account", "addresses"}
    assert EMAIL not in files[erased_list.LIST].read_text()
    assert [len(one) for one in line["addresses"]] == [64]
    assert files[erased_list.KEY].stat().st_mode & 0o777 == 0o600


def test_a_key_that_is_gone_is_said_and_never_made_anew(settings):
    erasure.erase(make.member("Zoe", email=EMAIL), by=BY, at=NOW)
    (settings.ERASED_ROOT / erased_list.KEY).unlink()

    with pytest.raises(CommandError, match="key is missing: bring it back"):
        erase_again()
    with pytest.raises(erased_list.KeyIsGone):
        erasure.erase(make.member("Ada"), by=BY, at=NOW)


def test_without_a_list_nobody_is_on_it_and_no_folder_is_needed(settings):
    assert not ErasedList().refuses(EMAIL)
    assert erase_again() == "Erased again: 0 accounts, and 0 addresses without an account.\n"

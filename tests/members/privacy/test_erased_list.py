"""Who was erased stays erased: after a restore, and whatever list is imported."""

import io
import json
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from common.spreadsheets.tables import TableRefused
from events.models import Contributor
from members.admin.forms import ListedAddressForm
from members.list_import.reading import read_list
from members.models import ListedAddress, Member
from members.privacy import erased_list, erasure
from members.privacy.erased_list import ErasedList
from notifications.models import Message
from qevent import deployment_checks
from tests import make
from tests.make import BY, NOW
from tests.members.staff import LIST
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


SAID = "Nothing is saved: the list of those whom we have erased cannot be read"


def without_the_key(settings) -> None:
    erasure.erase(make.member("Zoe", email=EMAIL), by=BY, at=NOW)
    (settings.ERASED_ROOT / erased_list.KEY).unlink()


def upload(client, path, text, **fields):
    file = SimpleUploadedFile("file.csv", text.encode())
    return client.post(f"{path}import/", {"file": file, **fields}, follow=True)


def test_without_the_key_no_list_is_imported_and_the_page_says_what_to_do(client, sam, settings):
    [(waiting, _)] = upload(client, LIST, "email\nbo@wards.example\n").redirect_chain
    without_the_key(settings)

    refused = upload(client, LIST, "email\nbo@wards.example\n")
    looked = client.get(waiting)
    pressed = client.post(waiting, {"import": "", "fingerprint": ""})

    for page in (refused, looked, pressed):
        assert SAID in page.content.decode()
        assert f"{settings.ERASED_ROOT / erased_list.KEY} is missing" in page.content.decode()
    assert not ListedAddress.objects.exists()


def test_without_the_key_no_programme_with_hosts_is_imported(admin, settings):
    event = make.event_ahead()
    without_the_key(settings)

    rows = "title,format,hosts\nClinic,workshop,Bo <bo@wards.example>\n"
    page = upload(admin, "/admin/events/session/", rows, event=event.pk, new_sessions="draft")

    assert SAID in page.content.decode()
    assert not Contributor.objects.exists()


def test_without_the_key_nobody_is_put_on_the_list_by_hand(settings):
    without_the_key(settings)

    form = ListedAddressForm({"email": "bo@wards.example"})

    assert SAID in str(form.errors["email"])


@pytest.mark.parametrize("damage", ["missing", "damaged"])
def test_the_check_before_a_deployment_says_what_is_wrong_with_the_list(settings, damage):
    assert deployment_checks.the_list_of_the_erased() == []
    erasure.erase(make.member("Zoe", email=EMAIL), by=BY, at=NOW)
    assert deployment_checks.the_list_of_the_erased() == []
    if damage == "missing":
        (settings.ERASED_ROOT / erased_list.KEY).unlink()
    else:
        (settings.ERASED_ROOT / erased_list.LIST).write_text("{}\n")

    [wrong] = deployment_checks.the_list_of_the_erased()

    assert f"is {damage}: bring it back from its copy." in str(wrong.msg)


def test_a_key_that_is_lost_before_anybody_was_erased_is_missed_too(settings):
    digest = erased_list.digest_of(EMAIL)
    (settings.ERASED_ROOT / erased_list.KEY).unlink()

    with pytest.raises(erased_list.KeyIsGone):
        erased_list.digest_of(EMAIL)
    assert len(digest) == 64


def test_without_a_list_nobody_is_on_it_and_no_folder_is_needed(settings):
    assert not ErasedList().refuses(EMAIL)
    assert erase_again() == "Erased again: 0 accounts, and 0 addresses without an account.\n"

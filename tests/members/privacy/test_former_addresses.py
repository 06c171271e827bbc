"""What stands under an address that somebody has left: theirs from then, and nobody else's since."""

import io
import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore

from events import joining_details
from events.models import Contributor
from members import addresses, objections
from members.accounts import signals
from members.list_import.importing import import_members
from members.list_import.reading import Entry, read_list
from members.models import FormerAddress, ListedAddress, ListUpload, Member
from members.privacy import erased_list, erasure, export, sessions
from members.privacy.erased_list import ErasedList
from members.privacy.persons import person_of
from notifications import outbox
from notifications.models import Message, SentLetter
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from workshops.models import ProgrammeImport

OLD, NEW = "matron@ward.example", "ada@home.example"
LEFT = NOW + timedelta(days=1)
AFTER = NOW + timedelta(days=2)
LATER = NOW + timedelta(days=30)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday", "folders")]


def moved(member: Member, before: str, after: str, at=LEFT) -> Member:
    """They change their address, and have confirmed the new one."""
    rows = EmailAddress.objects.filter(user=member)
    rows.delete()
    new = EmailAddress.objects.create(user=member, email=after, verified=True, primary=True)
    Member.objects.filter(pk=member.pk).update(email=after)
    addresses.leave(member, before, at=at)
    objections.move_on_list(before, new.email)
    member.refresh_from_db()
    return member


def ada() -> Member:
    """Who was matron, and is not any more."""
    return moved(make.member("Ada", email=OLD), OLD, NEW)


def guest(at, body="Hello.", email=OLD):
    return make.comment(make.post(), guest_name="Guest", guest_email=email, body=body, created_at=at)


def letter(at, email=OLD) -> Message:
    outbox.enqueue("account-unknown", at=at, key=f"{email}{at}", email=email)
    message = Message.objects.latest("pk")
    Message.objects.filter(pk=message.pk).update(state="sent", sent_at=at, subject="A code")
    return message


def bodies(comments) -> list[str]:
    found = []
    for comment in comments:
        comment.refresh_from_db()
        found.append(comment.body)
    return found


def exported(member: Member) -> str:
    return json.dumps([part.rows for part in export.parts_of(person_of(member))], default=str)


def test_a_change_by_the_team_keeps_a_digest_and_no_address():
    member = make.member("Ada", email=OLD)

    addresses.correct(member, NEW, by=people.admin(), at=LEFT)

    kept = FormerAddress.objects.get()
    assert (kept.member_id, kept.digest, kept.left_at) == (member.pk, erased_list.digest_of(OLD), LEFT)
    assert OLD not in str(vars(kept))


def test_an_address_that_nobody_had_confirmed_is_not_kept():
    member = make.member("Ada", email=OLD)
    EmailAddress.objects.filter(user=member).update(verified=False)

    addresses.correct(member, NEW, by=people.admin(), at=LEFT)

    assert not FormerAddress.objects.exists()


def test_a_change_of_their_own_is_kept_as_well():
    member = make.member("Ada", email=NEW)
    before = EmailAddress(user=member, email=OLD, verified=True)
    after = EmailAddress.objects.get(user=member)

    signals._changed_address(member, from_email_address=before, to_email_address=after)

    assert [one.digest for one in FormerAddress.objects.all()] == [erased_list.digest_of(OLD)]


def test_what_stands_under_a_former_address_is_exported_and_what_came_later_is_not():
    member = ada()
    guest(NOW, "Before the change.")
    guest(AFTER, "By the next matron.")
    letter(NOW)

    told = exported(member)

    assert "Before the change." in told
    assert "By the next matron." not in told
    assert "A code" in told


def test_erasing_empties_what_stands_under_a_former_address_and_nothing_later():
    member = ada()
    before, after = guest(NOW, "Before."), guest(AFTER, "After.")
    sent, later = letter(NOW), letter(AFTER)
    for one, words in ((sent, "Theirs"), (later, "Of others")):
        SentLetter.objects.create(message=one, text=f"{words}: {OLD}.", kept_at=one.created_at)

    erasure.erase(member, by=BY, at=LATER)

    assert bodies([before, after]) == ["Erased.", "After."]
    assert [one.text for one in SentLetter.objects.all()] == [f"Of others: {OLD}."]
    assert list(Message.objects.filter(email=OLD).values_list("pk", flat=True)) == [later.pk]


def test_a_row_of_the_list_that_was_not_moved_is_theirs_and_a_newer_one_is_not():
    member = make.member("Ada", email=OLD)
    ListedAddress.objects.create(email=NEW)
    ListedAddress.objects.create(email=OLD.upper(), name="Ada", created_at=NOW)
    moved(member, OLD, NEW)

    assert '"Ada"' in exported(member)
    erasure.erase(member, by=BY, at=LATER)
    assert not ListedAddress.objects.filter(email__iexact=OLD).exists()

    other = moved(make.member("Bo", email="bo@ward.example"), "bo@ward.example", "bo@home.example")
    ListedAddress.objects.create(email="bo@ward.example", name="Another", created_at=AFTER)
    erasure.erase(other, by=BY, at=LATER)
    assert ListedAddress.objects.get(email="bo@ward.example").name == "Another"


def test_what_the_admin_logged_and_imports_said_under_a_former_address_goes():
    root, event, member = people.admin(), make.event(), ada()
    said = {"imported_at": NOW, "new": 1, "changed": 0, "unchanged": 0}
    for at in (NOW, AFTER):
        record = ProgrammeImport.objects.create(event=event, understood=f"Hosts: {OLD}", outcome="", **said)
        ProgrammeImport.objects.filter(pk=record.pk).update(imported_at=at)
        entry = LogEntry.objects.create(
            user=root,
            content_type=ContentType.objects.get_for_model(ListedAddress),
            object_id="1",
            object_repr=OLD,
            action_flag=CHANGE,
        )
        LogEntry.objects.filter(pk=entry.pk).update(action_time=at)

    erasure.erase(member, by=BY, at=LATER)

    records = ProgrammeImport.objects.order_by("imported_at").values_list("understood", flat=True)
    assert list(records) == ["Hosts: erased@erased.invalid", f"Hosts: {OLD}"]
    assert list(LogEntry.objects.values_list("action_time", flat=True)) == [AFTER]


def test_files_of_others_that_came_after_the_change_stay():
    root, member = people.admin(), ada()
    for at in (NOW, AFTER):
        content = f"email\n{OLD}\n".encode()
        ListUpload.objects.create(member=root, filename="l.csv", content=content, created_at=at)
    guest(NOW)

    erasure.erase(member, by=BY, at=LATER)

    assert list(ListUpload.objects.values_list("created_at", flat=True)) == [AFTER]


def test_who_hosted_by_an_address_hosts_by_their_account_once_they_leave_it():
    session = make.workshop(make.event())
    host = make.host(session, "Ada", email=OLD, biography="A nurse.")
    member = ada()

    host.refresh_from_db()
    assert (host.member_id, host.email) == (member.pk, "")
    assert joining_details.is_contributor(session, member)
    assert "A nurse." in exported(member)
    erasure.erase(member, by=BY, at=LATER)
    assert Contributor.objects.get(pk=host.pk).biography == ""


def test_whose_the_address_is_now_has_nothing_of_who_left_it():
    session = make.workshop(make.event())
    member = ada()
    make.host(session, "Ada", email=OLD, member=member)  # a programme still had it
    mine, theirs = guest(NOW, "Ada's words."), guest(AFTER, "Bea's words.")
    bea = make.member("Bea", email=OLD)

    told = exported(bea)
    assert "Bea's words." in told
    assert "Ada's words." not in told
    assert "Bea's words." not in exported(member)
    assert not joining_details.is_contributor(session, bea)
    erasure.erase(bea, by=BY, at=LATER)
    assert bodies([mine, theirs]) == ["Ada's words.", "Erased."]
    erasure.erase(member, by=BY, at=LATER)
    assert bodies([mine]) == ["Erased."]


def test_an_address_that_several_had_one_after_the_other_is_each_ones_in_their_time():
    times = [NOW + timedelta(days=10 * n) for n in range(4)]
    first = moved(make.member("Ada", email=OLD), OLD, NEW, at=times[1] - timedelta(days=1))
    second = moved(make.member("Bea", email=OLD), OLD, "bea@home.example", at=times[2] - timedelta(days=1))
    again = moved(first, NEW, OLD, at=times[2])
    said = [guest(at + timedelta(hours=1), f"{n}.") for n, at in enumerate(times[:3])]

    erasure.erase(second, by=BY, at=times[3])
    assert bodies(said) == ["0.", "Erased.", "2."]

    erasure.erase(again, by=BY, at=times[3])
    assert bodies(said) == ["Erased.", "Erased.", "Erased."]


def test_imports_under_a_former_address_are_refused_once_they_are_erased():
    member = ada()
    erasure.erase(member, by=BY, at=LATER)

    read = read_list(io.BytesIO(f"email\n{OLD}\n{NEW}\nbo@wards.example\n".encode()), "list.csv", {})

    assert [entry.email for entry in read.entries] == ["bo@wards.example"]
    assert not FormerAddress.objects.exists()
    assert OLD not in (erased_list._path(erased_list.LIST)).read_text()


def test_after_a_restore_what_came_later_under_a_former_address_stays():
    erasure.erase(ada(), by=BY, at=LATER)
    Message.objects.all().delete()
    before, after = guest(NOW, "Restored."), guest(AFTER, "By the next matron.")

    done = erasure.erase_again(at=LATER)

    assert (done.addresses, bodies([before, after])) == (1, ["Erased.", "By the next matron."])
    assert ErasedList().left_at(OLD) == LEFT
    assert ErasedList().left_at(NEW) is None


def test_without_the_key_the_address_is_not_changed_and_the_form_says_so(settings):
    member = make.member("Ada", email=OLD)
    erased_list.note(0, NOW, [])
    (settings.ERASED_ROOT / erased_list.KEY).unlink()
    theirs, root = people.reader(member), people.reader(people.admin())

    mine = theirs.post("/accounts/email/", {"action_add": "", "email": NEW}, follow=True)
    teams = root.post(f"/admin/members/member/{member.pk}/address/", {"email": NEW})

    assert "The address cannot be changed at the moment." in mine.content.decode()
    assert "Nothing is saved: the list of those whom we have erased cannot be read" in teams.content.decode()
    member.refresh_from_db()
    assert member.email == OLD


def test_an_address_that_the_team_wrote_is_nobodys_before_it_is_confirmed():
    """Whoever is logged in still is; what they typed in for the team to correct may be a stranger's."""
    member = make.member("Ada", email=OLD, last_login=NOW)
    secret = guest(NOW, "The stranger's words.", email=NEW)
    ListedAddress.objects.create(email=NEW, name="A stranger")
    addresses.correct(member, NEW, by=people.admin(), at=LEFT)
    member.refresh_from_db()

    assert "stranger" not in exported(member).lower()
    erasure.erase(member, by=BY, at=LATER)
    assert bodies([secret]) == ["The stranger's words."]
    assert ListedAddress.objects.get(email=NEW).name == "A stranger"


def test_an_address_of_an_account_that_the_team_made_is_theirs():
    member = make.member("Ada", email=OLD, is_vouched_for=True)
    EmailAddress.objects.filter(user=member).update(verified=False)

    assert person_of(member).addresses == (OLD,)


def test_a_row_of_the_list_that_an_import_gave_to_somebody_else_stays_theirs():
    member = make.member("Ada", email=OLD)
    ListedAddress.objects.create(email=NEW)
    ListedAddress.objects.create(email=OLD, name="Ada", created_at=NOW)
    moved(member, OLD, NEW)
    import_members([Entry(OLD, "Bea")], by=people.admin(), at=AFTER)

    assert '"Bea"' not in exported(member)
    erasure.erase(member, by=BY, at=LATER)
    assert ListedAddress.objects.get(email=OLD).name == "Bea"


def test_a_row_that_came_along_to_an_address_that_another_had_before_is_theirs_alone():
    before = moved(make.member("Pia", email=OLD), OLD, "pia@home.example")
    pip = make.member("Pip", email="pip@home.example")
    ListedAddress.objects.create(email="pip@home.example", name="Pip", created_at=NOW)
    pip = moved(pip, "pip@home.example", OLD, at=AFTER)

    assert '"Pip"' in exported(pip)
    erasure.erase(before, by=BY, at=LATER)
    assert ListedAddress.objects.get().name == "Pip"
    erasure.erase(pip, by=BY, at=LATER)
    assert not ListedAddress.objects.exists()


def test_a_session_that_holds_a_longer_address_is_anothers():
    short = make.member("An", email="an@ward.example")
    for email in ("jan@ward.example", "an@ward.example"):
        session = SessionStore()
        session["typed"] = {"email": email}
        session.save()

    assert sessions.of_person(person_of(short)).count() == 1

"""An erasure that is due and cannot be done: told once, shown, tried each day, and done once it can be."""

from datetime import timedelta

import pytest

from audit.acts import Act
from audit.models import Entry
from members.models import Erasure, Member, SiteSettings
from members.privacy import erased_list, erasure, refused_erasures
from tests import letters, make
from tests.contracts import people
from tests.found import found
from tests.make import BY, NOW
from tests.markup import flat

LATER = NOW + erasure.THINKING
TEN_MINUTES = timedelta(minutes=10)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday", "folders")]


@pytest.fixture
def root() -> Member:
    """The last admin, who asked to be erased when there was another."""
    one = people.admin()
    erasure.ask(one, by=one, at=NOW) if make_another() else None
    Member.objects.filter(name="Another").update(is_superuser=False, is_staff=False)
    letters.deliver(NOW)
    return one


def make_another() -> Member:
    return make.member("Another", is_staff=True, is_superuser=True)


def told(at) -> list[tuple[str, str]]:
    return sorted((one.to[0], str(one.subject)) for one in letters.deliver(at))


def test_the_person_and_the_team_are_told_once_and_the_log_has_one_line(root, caplog):
    sue = people.staff("Support")

    erasure.erase_due(at=LATER)
    first = told(LATER)
    for n in range(1, 4):
        erasure.erase_due(at=LATER + n * TEN_MINUTES)
    erasure.erase_due(at=LATER + refused_erasures.AGAIN)

    assert first == sorted(
        [
            (root.email, "Your data at Q community are not erased yet"),
            (sue.email, f"{root.name} could not be erased"),
        ]
    )
    assert told(LATER + refused_erasures.AGAIN) == []
    assert caplog.text.count("cannot be erased") == 1
    assert Entry.objects.filter(act=Act.ERASURE_REFUSED).count() == 1


def test_the_letters_say_why_and_what_to_do(root):
    people.staff("Support")

    erasure.erase_due(at=LATER)

    bodies = [one.body for one in letters.deliver(LATER)]
    assert all("Give somebody else that right first." in body for body in bodies)
    assert any("/members/my-data/" in body and "We try again each day" in body for body in bodies)
    assert any(f"/admin/members/member/{root.pk}/erase/" in body for body in bodies)


def test_it_is_done_the_day_after_somebody_has_put_it_right(root):
    erasure.erase_due(at=LATER)
    make_another()

    again = LATER + refused_erasures.AGAIN
    assert erasure.erase_due(at=again - TEN_MINUTES) == 0
    assert erasure.erase_due(at=again) == 1
    assert erasure.is_erased(root)
    assert Erasure.objects.get().refusal == ""


def test_another_reason_is_told_anew(root, settings):
    erasure.erase_due(at=LATER)
    letters.deliver(LATER)
    make_another()
    erased_list.digest_of(root.email)
    (settings.ERASED_ROOT / erased_list.KEY).unlink()

    again = LATER + refused_erasures.AGAIN
    erasure.erase_due(at=again)

    assert (root.email, "Your data at Q community are not erased yet") in told(again)
    assert found(erasure.pending(root)).refusal == refused_erasures.on_our_side()


def test_where_nobody_else_is_on_the_team_its_own_address_is_told(root):
    SiteSettings.objects.update_or_create(pk=1, defaults={"contact_email": "team@q.example"})

    erasure.erase_due(at=LATER)

    assert ("team@q.example", f"{root.name} could not be erased") in told(LATER)


def test_both_pages_say_it_until_it_is_taken_back(root):
    erasure.erase_due(at=LATER)
    browser = people.reader(root)
    record = f"/admin/members/member/{root.pk}/"

    pages = [
        flat(browser.get(path).content.decode())
        for path in ("/members/my-data/", f"{record}change/", f"{record}erase/")
    ]
    erasure.take_back(root, by=root, at=LATER)

    assert all("Give somebody else that right first." in page for page in pages)
    assert "could not be erased" in pages[1]
    assert "could not be erased" not in browser.get(f"{record}change/").content.decode()


def test_what_is_taken_back_meanwhile_is_not_told(root):
    asked = found(erasure.pending(root))
    erasure.take_back(root, by=root, at=LATER)

    refused_erasures.note(asked, "Not yet.", at=LATER)

    assert told(LATER) == []
    assert Erasure.objects.get().refusal == ""


def test_the_record_says_that_somebody_is_to_be_erased(admin):
    ada = make.member("Ada")
    erasure.ask(ada, by=ada, at=NOW)

    page = flat(admin.get(f"/admin/members/member/{ada.pk}/change/").content.decode())

    assert "to be erased on 12 November 2026" in page
    erasure.erase(ada, by=BY, at=NOW)
    assert "to be erased on" not in admin.get(f"/admin/members/member/{ada.pk}/change/").content.decode()

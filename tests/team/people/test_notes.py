"""Notes of colleagues: who leaves them, who takes them out, and when they go."""

from datetime import timedelta

import pytest

from audit.acts import Act
from audit.models import Entry
from common.personal_data.registry import holdings
from members.models import Member
from members.privacy import erasure
from members.privacy.persons import person_of
from team.models import NOTES_STAY, PersonNote
from team.people import notes
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def ada() -> Member:
    return make.member("Ada Byron")


def leave(desk, person, text):
    return flat(desk.post(f"/team/people/{person.pk}/note/", {"text": text}, follow=True).text)


def test_a_note_is_read_by_colleagues_with_who_left_it(desk, ada):
    said = leave(desk, ada, "Rang because of <b>the link</b>.\nWill ring again.")

    assert "The note is kept for a year." in said
    assert "Rang because of &lt;b&gt;the link&lt;/b&gt;.<br>Will ring again." in said
    assert "Staff Support" in said
    assert Entry.objects.get(act=Act.NOTE_LEFT).member_id == ada.pk


def test_the_same_words_pressed_twice_are_one_note(desk, ada):
    leave(desk, ada, "Rang.")
    leave(desk, ada, " Rang. ")

    assert PersonNote.objects.count() == Entry.objects.filter(act=Act.NOTE_LEFT).count() == 1


def test_the_same_words_on_another_day_are_another(ada, sam):
    notes.leave(ada, "Rang.", by=sam, at=NOW)
    notes.leave(ada, "Rang.", by=sam, at=NOW + notes.SAME_PRESS)

    assert PersonNote.objects.count() == 2


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_note_without_words_is_none(desk, ada, text):
    assert "Write the note first." in leave(desk, ada, text)
    assert not PersonNote.objects.exists()


def test_about_who_was_closed_out_nothing_is_noted(desk, sam):
    gone = make.member("Gone", is_active=False)

    assert "The account is closed" in leave(desk, gone, "Rang.")
    assert not PersonNote.objects.exists()


def test_only_who_wrote_it_takes_it_out_or_a_superuser(desk, ada, sam, admin):
    other = notes.leave(ada, "Other", by=people.staff("Event admin"), at=NOW)
    mine = notes.leave(ada, "Mine", by=sam, at=NOW)

    asked = flat(desk.get(f"/team/people/{ada.pk}/note/{mine.pk}/take-out/").text)
    refused = flat(desk.post(f"/team/people/{ada.pk}/note/{other.pk}/take-out/", follow=True).text)
    desk.post(f"/team/people/{ada.pk}/note/{mine.pk}/take-out/")
    left = list(PersonNote.objects.all())
    admin.post(f"/team/people/{ada.pk}/note/{other.pk}/take-out/")

    assert "Only who wrote a note takes it out, or a superuser." in refused
    assert "Take the note out?" in asked
    assert "Mine" in asked
    assert left == [other]
    assert not PersonNote.objects.exists()


def test_a_note_about_somebody_else_is_not_taken_out_here(desk, ada, sam):
    bo = notes.leave(make.member("Bo"), "Bo rang", by=sam, at=NOW)

    said = flat(desk.post(f"/team/people/{ada.pk}/note/{bo.pk}/take-out/", follow=True).text)

    assert "The note was taken out before." in said
    assert PersonNote.objects.exists()


def test_notes_go_after_a_year(ada, sam):
    notes.leave(ada, "Old", by=sam, at=NOW - NOTES_STAY)
    kept = notes.leave(ada, "New", by=sam, at=NOW - NOTES_STAY + timedelta(seconds=1))

    assert notes.forget(at=NOW) == 1
    assert list(PersonNote.objects.all()) == [kept]


def test_they_go_with_the_person_and_stay_without_their_author(ada, sam):
    notes.leave(ada, "About Ada", by=sam, at=NOW)
    about_bo = notes.leave(make.member("Bo"), "About Bo", by=sam, at=NOW)

    erasure.erase(ada, by=make.member("Root", is_staff=True, is_superuser=True), at=NOW)

    assert list(PersonNote.objects.all()) == [about_bo]


def test_the_person_gets_them_with_their_data(ada, sam):
    notes.leave(ada, "Rang about the link.", by=sam, at=NOW)
    holding = next(one for one in holdings() if one.model is PersonNote)

    assert holding.rows is not None
    assert list(holding.rows(person_of(ada)).values_list(*holding.exported)) == [
        ("Rang about the link.", NOW)
    ]

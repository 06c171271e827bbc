"""What was arranged and is needed no more: the team sees it, stops it, and it is gone."""

from datetime import timedelta

import pytest

from audit.acts import Act
from audit.confidential import Why
from audit.models import Entry
from events.models import AccessNeed, Event, NeedToStop
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.members.merging.bringing import bring_together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
NEEDS = "/team/needs/"
TITLE = "Withdrawn: stop what was arranged"


@pytest.fixture
def desk():
    """A browser of an event admin."""
    return people.reader(people.staff("Event admin"))


@pytest.fixture
def ada():
    """Somebody registered who comes."""
    return make.registration(make.event(slug="2026"), make.member("Ada"))


def press(desk, row):
    return desk.post(f"{NEEDS}stopped/{row.pk}/", {"next": NEEDS}, follow=True)


def test_what_has_to_be_stopped_is_seen_on_a_press_which_is_recorded(desk, ada):
    make.to_stop(ada)

    before, after = desk.get(NEEDS), desk.post(NEEDS)

    assert (TITLE in before.text, "Ada" in before.text, "interpreter" in before.text) == (True, True, False)
    assert "Stopped" not in before.text.split("<ul")[-1]
    assert "interpreter" in after.text
    looks = Entry.objects.filter(act=Act.NEEDS_SEEN).values_list("member_id", "facts")
    assert list(looks) == [(ada.member_id, {"why": Why.TO_ARRANGE.value})]


def test_who_has_other_needs_too_is_looked_at_once(desk, ada):
    make.to_stop(ada)
    make.need(ada)

    desk.post(NEEDS)

    assert Entry.objects.filter(act=Act.NEEDS_SEEN).count() == 1


def test_stopped_it_is_gone_and_the_list_stays_open(desk, ada):
    row = make.to_stop(ada)
    make.to_stop(ada, "captions")

    answer = press(desk, row)
    again = press(desk, row)

    assert "Stopped: Ada." in answer.text
    assert "Live captions" in answer.text
    assert "A colleague has stopped it, or they need it again" in again.text
    assert [one.kind for one in NeedToStop.objects.all()] == ["captions"]
    assert Entry.objects.filter(act=Act.NEED_STOPPED, member_id=ada.member_id).count() == 1


def test_of_who_is_erased_there_is_no_name(desk, ada):
    row = make.to_stop(ada, is_erased=True)

    shown = desk.post(NEEDS).text
    answer = press(desk, row)

    assert "Somebody who is erased" in shown
    assert "Ada" not in shown
    assert "Stopped: Somebody who is erased." in answer.text
    assert not Entry.objects.filter(act=Act.NEEDS_SEEN).exists()


def test_what_is_over_is_not_stopped_any_more(desk, ada):
    make.to_stop(ada)
    over = NOW.date() - timedelta(days=2)
    Event.objects.update(first_day=over, last_day=over)

    assert TITLE not in desk.get(NEEDS).text


def test_it_keeps_to_the_event_and_person_that_are_asked_for(desk, ada):
    make.to_stop(ada)
    bo = make.registration(make.event(slug="2027"), make.member("Bo"))
    make.need(bo)

    shown = [
        TITLE in desk.get(f"{NEEDS}?{query}").text
        for query in ("event=2027", f"person={bo.member_id}", f"person={ada.member_id}", "")
    ]

    assert shown == [False, False, True, True]


def test_it_is_counted_on_the_first_page(desk, ada):
    before = desk.get("/team/").text
    make.to_stop(ada)

    after = desk.get("/team/").text

    assert "was withdrawn after it was arranged" not in before
    assert "1 need was withdrawn after it was arranged" in after


def test_it_says_when_words_were_changed_after_they_were_arranged(desk, ada):
    make.need(ada, "other", "A chair", rearranged_at=NOW)

    assert "Changed on Mon 5 Oct" in desk.get(NEEDS).text or "after it was arranged" in desk.get(NEEDS).text


@pytest.mark.parametrize("withdrawn_with", ["kept", "ended"])
@pytest.mark.parametrize("state", ["confirmed", "new"])
def test_what_is_withdrawn_with_one_account_and_needed_with_the_other_is_not_stopped(
    ada, withdrawn_with, state
):
    other = make.registration(ada.event, make.member("Ada Too"))
    kept, ended = (ada, other) if withdrawn_with == "ended" else (other, ada)
    make.need(ada, "captions", state=state)
    make.to_stop(other, "captions")
    make.to_stop(other, "breaks")

    bring_together(kept.member, ended.member, by=people.staff("Support"))

    case = AccessNeed.objects.get()
    assert (case.kind, case.state, case.rearranged_at) == ("captions", state, NOW if state == "new" else None)
    assert case.told.registration == kept
    assert list(NeedToStop.objects.values_list("kind", "registration")) == [("breaks", kept.pk)]

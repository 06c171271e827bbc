"""The team's page of access needs: who, by when, in which state; what, on a press that is recorded."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.acts import Act
from audit.confidential import Why
from audit.models import Entry
from events import need_cases
from events.models import AccessNeed, Event
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from workshops.places import booking

pytestmark = pytest.mark.django_db
NEEDS = "/team/needs/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def tess():
    """An event admin."""
    return people.staff("Event admin")


@pytest.fixture
def desk(tess):
    """A browser of theirs."""
    return people.reader(tess)


@pytest.fixture
def ada():
    """Somebody registered who comes."""
    return make.registration(make.event(slug="2026"), make.member("Ada"))


def names(answer):
    return [row.member.name for row in answer.context["found"].rows]


def says(answer):
    return " ".join(str(one) for one in answer.context["messages"])


def looks():
    found = Entry.objects.filter(act=Act.NEEDS_SEEN).order_by("pk")
    return [(one.member_id, one.facts) for one in found]


def test_who_waits_is_listed_and_what_they_need_is_not_before_a_press_which_is_recorded(desk, ada):
    make.need(ada, "other", "A lip-speaker")

    before = (desk.get(NEEDS), looks())
    after = desk.post(NEEDS)

    assert names(before[0]) == ["Ada"]
    assert "A lip-speaker" not in before[0].text
    assert before[1] == []
    assert "A lip-speaker" in after.text
    assert looks() == [(ada.member_id, {"why": Why.TO_ARRANGE.value})]


def test_a_look_is_recorded_of_those_who_are_shown_and_of_no_others(desk, ada):
    make.need(ada)
    bo = make.registration(ada.event, make.member("Bo"))
    make.need(bo, state="arranged")

    desk.post(f"{NEEDS}?state=arranged")

    assert [whose for whose, _ in looks()] == [bo.member_id]


@pytest.mark.parametrize("what", ["over", "cancelled"])
def test_needs_of_events_that_are_over_are_behind_past_events_and_under_no_other_filter(desk, ada, what):
    past = make.event(slug="2025")
    if what == "over":
        Event.objects.filter(pk=past.pk).update(first_day=date(2025, 11, 5), last_day=date(2025, 11, 6))
    else:
        Event.objects.filter(pk=past.pk).update(status="cancelled")
    make.need(ada, state="confirmed")
    make.need(make.registration(past, make.member("Bo")), state="confirmed")

    shown = {
        state: names(desk.get(f"{NEEDS}?state={state}"))
        for state in ("", "late", "new", "arranged", "confirmed", "cannot", "all", "past")
    }
    offered = {
        state: [slug for slug, _ in desk.get(f"{NEEDS}?state={state}").context["form"]["event"].field.choices]
        for state in ("all", "past")
    }

    assert {state for state, found in shown.items() if "Bo" in found} == {"past"}
    assert (shown["confirmed"], shown["all"], shown["past"]) == (["Ada"], ["Ada"], ["Bo"])
    assert offered == {"all": ["", "2026"], "past": ["", "2025"]}


def test_the_needs_of_somebody_who_is_named_are_listed_of_past_events_too(desk):
    past = make.event(slug="2025", first_day=date(2025, 11, 5), last_day=date(2025, 11, 6))
    bo = make.registration(past, make.member("Bo"))
    make.need(bo, state="confirmed")

    assert names(desk.get(f"{NEEDS}?event=2025&state=all&person={bo.member_id}")) == ["Bo"]


def test_the_list_is_narrowed_by_event_state_owner_and_person(desk, tess, ada):
    event = make.event(slug="2027", first_day=date(2027, 11, 17), last_day=date(2027, 11, 18))
    make.need(ada)
    for name, fields in (
        ("Bo", {"state": "arranged", "owner": tess}),
        ("Cy", {"state": "confirmed"}),
        ("Di", {"state": "cannot", "instead": "A transcript"}),
        ("Ed", {"asked_at": NOW - timedelta(days=11), "state_changed_at": NOW}),
    ):
        make.need(make.registration(event, make.member(name)), **fields)
    gone = make.registration(event, make.member("Flo"), status="cancelled")
    make.need(gone)

    asked = {
        query: names(desk.get(f"{NEEDS}?{query}"))
        for query in (
            "", "event=2026", "event=gone", "state=new", "state=arranged", "state=confirmed", "state=cannot",
            "state=late", "state=all&event=2027", "whose=mine", "state=all&whose=mine", "whose=nobody",
            f"state=all&person={ada.member_id}",
        )
    }  # fmt: skip

    assert asked == {
        "": ["Ada", "Ed", "Bo"],
        "event=2026": ["Ada"],
        "event=gone": ["Ada", "Ed", "Bo"],
        "state=new": ["Ada", "Ed"],
        "state=arranged": ["Bo"],
        "state=confirmed": ["Cy"],
        "state=cannot": ["Di"],
        "state=late": ["Ed"],
        "state=all&event=2027": ["Ed", "Bo", "Cy", "Di"],
        "whose=mine": ["Bo"],
        "state=all&whose=mine": ["Bo"],
        "whose=nobody": ["Ada", "Ed"],
        f"state=all&person={ada.member_id}": ["Ada"],
    }


def test_those_who_are_ticked_are_confirmed_and_owed_one_email_each(desk, ada):
    make.need(ada)
    make.need(ada, "slides")
    make.need(make.registration(ada.event, make.member("Bo")))
    ticked = [row.seen for row in desk.post(NEEDS).context["found"].rows][:2]

    answer = desk.post(f"{NEEDS}confirm/", {"case": ticked}, follow=True)

    assert "Confirmed to Ada. Each is emailed in a few minutes." in says(answer)
    assert [one.state for one in AccessNeed.objects.order_by("pk")] == ["confirmed", "confirmed", "new"]
    assert list(Message.objects.values_list("kind", "member")) == [("needs-answered", ada.member_id)]


def test_those_who_are_ticked_are_marked_as_arranged_and_nobody_is_emailed(desk, ada):
    case = make.need(ada)

    answer = desk.post(f"{NEEDS}arrange/", {"case": f"{case.pk}_0"}, follow=True)

    assert "Marked as arranged: Ada." in says(answer)
    assert (AccessNeed.objects.get().state, Message.objects.count()) == ("arranged", 0)


def test_who_cannot_is_asked_what_they_do_instead(desk, ada):
    case = make.need(ada)

    asked = desk.post(f"{NEEDS}cannot/", {"case": f"{case.pk}_0"})
    page = desk.get(asked["Location"])
    refused = desk.post(asked["Location"], {"instead": " "})
    state_then = AccessNeed.objects.get().state
    done = desk.post(asked["Location"], {"instead": "A transcript the day after."}, follow=True)

    assert asked["Location"].startswith(f"{NEEDS}cannot/{case.pk}_0/")
    assert "Ada" in page.text
    assert "Write what you do instead" in refused.text
    assert state_then == "new"
    assert "Answered: Ada." in says(done)
    assert AccessNeed.objects.get().instead == "A transcript the day after."


def test_what_changed_since_the_look_is_said_by_name_and_the_others_are_answered(desk, tess, ada):
    stale, fine = make.need(ada), make.need(make.registration(ada.event, make.member("Bo")))
    need_cases.arrange(stale.pk, version=0, by=people.admin(), at=NOW)

    answer = desk.post(f"{NEEDS}confirm/", {"case": [f"{stale.pk}_0", f"{fine.pk}_0"]}, follow=True)

    assert "Confirmed to Bo." in says(answer)
    assert "Ada: It has changed since you looked." in says(answer)
    assert [one.state for one in AccessNeed.objects.order_by("pk")] == ["arranged", "confirmed"]


@pytest.mark.parametrize("act", ["arrange", "confirm", "cannot"])
@pytest.mark.parametrize("case", ["", "x", "0_0", "99999_1", "_", "1e9_"])
def test_a_press_without_anybody_ticked_says_what_to_do(desk, act, case):
    answer = desk.post(f"{NEEDS}{act}/", {"case": case}, follow=True)

    assert says(answer) == "Tick whom you mean first."


def test_sessions_that_lack_what_they_need_are_named_after_a_look(desk, ada):
    lacks = make.workshop(ada.event, title="Without words")
    has = make.workshop(ada.event, title="With words", hour=14, has_captions=True)
    for one in (lacks, has):
        booking.book(one, ada, by=BY, at=NOW)
    case = make.need(ada)

    before, after = desk.get(NEEDS), desk.post(NEEDS)

    assert "Without words" not in before.text
    assert [one.title for one in after.context["found"].rows[0].lacking] == ["Without words"]
    need_cases.decline(case.pk, "A transcript", version=0, by=people.admin(), at=NOW)
    assert desk.post(f"{NEEDS}?state=all").context["found"].rows[0].lacking == []


def test_a_case_is_taken_on(desk, ada):
    case = make.need(ada)

    desk.post("/team/take/", {"thing": f"events.accessneed:{case.pk}", "next": NEEDS})

    assert "You are on it" in desk.get(NEEDS).text


@pytest.mark.parametrize("role", ["Blog editor", "Moderator"])
def test_nobody_else_comes_near(role, ada):
    case, client = make.need(ada), people.reader(people.staff(role))

    answers = [
        client.get(NEEDS),
        client.post(NEEDS),
        client.post(f"{NEEDS}confirm/", {"case": f"{case.pk}_0"}),
    ]

    assert [one.status_code for one in answers] == [403, 403, 403]
    assert (AccessNeed.objects.get().state, looks()) == ("new", [])


def test_the_first_page_counts_them_and_names_nobody(desk, ada):
    make.need(ada, "other", "A lip-speaker")
    make.need(ada, asked_at=NOW - timedelta(days=11), state_changed_at=NOW)
    make.need(make.registration(ada.event, make.member("Bo")), state="confirmed")

    page = desk.get("/team/")

    section = {one.name: one for one in page.context["sections"]}["Access needs"]
    assert [(line.text, line.url) for line in section.lines] == [
        ("2 needs without an answer", NEEDS),
        ("2 of them are new", f"{NEEDS}?state=new"),
        ("1 is late", f"{NEEDS}?state=late"),
    ]
    assert section.things == []
    assert "A lip-speaker" not in page.text


@pytest.mark.parametrize("number", [1, 60])
def test_the_list_costs_as_many_queries_for_any_number(desk, ada, number):
    session = make.workshop(ada.event, capacity=None)
    for one in make.crowd(ada.event, number):
        make.need(one)
        booking.book(session, one, by=BY, at=NOW)

    with CaptureQueriesContext(connection) as listed:
        desk.get(NEEDS)
    with CaptureQueriesContext(connection) as looked:
        desk.post(NEEDS)

    assert (len(listed), len(looked)) == (10, 16)

"""Each need is a case: arranged, confirmed, or "we cannot; instead …"; seen before it is answered."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.acts import Act
from audit.models import Entry
from events import access_needs, need_cases
from events import registration as registering
from events.models import AccessNeed, Event, Registration
from events.need_cases import (
    NeedGone,
    NeedHasChanged,
    NeedIsAnswered,
    NothingInstead,
    NotOverYet,
    TooLate,
)
from members.models import Member
from notifications.models import Message
from tests import make
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(days=20)


@pytest.fixture
def bo() -> Member:
    """One of the team."""
    return make.member("Bo")


@pytest.fixture
def ada() -> Registration:
    """Somebody who comes."""
    return make.registration(make.event(), make.member("Ada"))


def standing(case: AccessNeed) -> tuple[str, str, int | None]:
    case.refresh_from_db()
    return case.state, case.instead, case.owner_id


def test_a_need_goes_from_new_to_arranged_to_confirmed_and_whoever_acts_owns_it(ada, bo):
    case, eve = make.need(ada), make.member("Eve")

    arranged = need_cases.arrange(case.pk, version=0, by=bo, at=NOW)
    after_arranging = (standing(case), Message.objects.count())
    need_cases.confirm(case.pk, version=arranged.version, by=eve, at=NOW)

    assert after_arranging == (("arranged", "", bo.pk), 0)
    assert standing(case) == ("confirmed", "", eve.pk)
    acts = Entry.objects.filter(thing="events.accessneed").order_by("pk")
    assert list(acts.values_list("act", "actor_id", "member_id")) == [
        (Act.NEED_ARRANGED, bo.pk, ada.member_id),
        (Act.NEED_CONFIRMED, eve.pk, ada.member_id),
    ]


def test_what_cannot_be_says_what_is_done_instead(ada, bo):
    case = make.need(ada)

    with pytest.raises(NothingInstead):
        need_cases.decline(case.pk, "  ", version=0, by=bo, at=NOW)
    untouched = standing(case)
    need_cases.decline(case.pk, "A transcript the day after.", version=0, by=bo, at=NOW)

    assert untouched == ("new", "", None)
    assert standing(case) == ("cannot", "A transcript the day after.", bo.pk)


def test_a_press_on_what_has_changed_since_is_refused(ada, bo):
    case = make.need(ada, "other", "A chair")
    access_needs.save(ada, needs="A chair with arms", by=BY, at=NOW)

    for act in (need_cases.arrange, need_cases.confirm):
        with pytest.raises(NeedHasChanged):
            act(case.pk, version=0, by=bo, at=NOW)
    with pytest.raises(NeedHasChanged):
        need_cases.decline(case.pk, "A stool", version=0, by=bo, at=NOW)

    assert standing(case) == ("new", "", None)


def test_the_slower_of_two_colleagues_is_refused(ada, bo):
    case, eve = make.need(ada), make.member("Eve")
    need_cases.confirm(case.pk, version=0, by=bo, at=NOW)

    with pytest.raises(NeedHasChanged):
        need_cases.decline(case.pk, "Nothing", version=0, by=eve, at=NOW)

    assert standing(case) == ("confirmed", "", bo.pk)


def test_pressing_twice_is_no_error_and_one_email(ada, bo):
    case = make.need(ada)

    for minute in range(2):
        need_cases.confirm(case.pk, version=0, by=bo, at=NOW + timedelta(minutes=minute))

    assert Message.objects.count() == 1
    assert Entry.objects.filter(act=Act.NEED_CONFIRMED).count() == 1


def test_what_was_taken_out_meanwhile_is_refused(ada, bo):
    case = make.need(ada)
    access_needs.save(ada, by=BY, at=NOW)

    with pytest.raises(NeedGone):
        need_cases.confirm(case.pk, version=0, by=bo, at=NOW)


def test_telling_anew_keeps_what_stays_and_begins_anew_what_is_written_anew(ada, bo):
    captions, slides = make.need(ada), make.need(ada, "slides")
    chair = make.need(ada, "other", "A chair")
    for one in (captions, chair):
        need_cases.confirm(one.pk, version=0, by=bo, at=NOW)

    access_needs.save(ada, needs="A stool", kinds={"captions": True}, by=BY, at=NOW + timedelta(hours=1))

    captions.refresh_from_db()
    assert standing(captions) == ("confirmed", "", bo.pk)
    assert captions.is_shared_with_hosts
    assert not AccessNeed.objects.filter(pk=slides.pk).exists()
    chair.refresh_from_db()
    assert (chair.words, chair.state, chair.asked_at) == ("A stool", "new", NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    ("asked", "answered_by"),
    [
        (date(2026, 10, 1), date(2026, 10, 11)),  # ten days
        (date(2026, 11, 4), date(2026, 11, 11)),  # a week before
        (date(2026, 11, 14), date(2026, 11, 17)),  # three days
        (date(2026, 11, 17), date(2026, 11, 18)),  # the first day
        (date(2026, 11, 19), date(2026, 11, 19)),  # while it is on
    ],
)
def test_they_are_answered_in_time_to_decide(ada, asked, answered_by):
    moment = NOW.replace(month=asked.month, day=asked.day)
    case = make.need(ada, asked_at=moment, state_changed_at=moment)
    at = NOW.replace(month=answered_by.month, day=answered_by.day)

    assert case.answer_by == answered_by
    late = [AccessNeed.objects.late(one).exists() for one in (at, at + timedelta(days=1))]
    assert late == [False, True]
    assert [case.is_overdue(at), case.is_overdue(at + timedelta(days=1))] == [False, True]


@pytest.mark.parametrize(
    ("kind", "by", "is_late"),
    [
        ("captions", date(2026, 11, 1), True),
        ("captions", date(2026, 11, 2), False),
        ("captions", None, False),
        ("slides", date(2026, 11, 1), False),
    ],
)
def test_only_who_needs_people_who_are_hired_asks_late(kind, by, is_late):
    registration = make.registration(make.event(ask_needs_by=by), make.member("Ada"))

    access_needs.save(registration, kinds={kind: False}, by=BY, at=NOW)
    case = AccessNeed.objects.get()
    Event.objects.update(ask_needs_by=NOW.date() - timedelta(days=9))  # what they were not told

    assert case.was_asked_late is is_late


def test_afterwards_they_say_whether_they_got_it_and_may_think_again(ada, bo):
    case = make.need(ada)
    need_cases.confirm(case.pk, version=0, by=bo, at=NOW)

    with pytest.raises(NotOverYet):
        need_cases.say_whether_met(case.pk, True, by=ada.member, at=NOW)
    with pytest.raises(NeedGone):  # another's
        need_cases.say_whether_met(case.pk, True, by=bo, at=AFTER)
    answers = []
    for was_met in (True, False, False):
        answers.append(need_cases.say_whether_met(case.pk, was_met, by=ada.member, at=AFTER).was_met)

    assert answers == [True, False, False]
    assert Entry.objects.filter(act=Act.NEED_ANSWERED_BACK).count() == 2


def test_that_they_got_it_or_not_stands_in_the_case_and_in_nothing_that_stays(ada):
    bo = make.registration(ada.event, make.member("Bo"))
    cases = {one: make.need(one, state="confirmed") for one in (ada, bo)}

    for one, was_met in ((ada, True), (bo, False)):
        need_cases.say_whether_met(cases[one].pk, was_met, by=one.member, at=AFTER)

    told = [
        tuple(Entry.objects.filter(member_id=one.member_id).values_list("act", "thing", "facts").get())
        for one in (ada, bo)
    ]
    assert told[0] == told[1]
    assert told[0][0] == Act.NEED_ANSWERED_BACK


def test_what_was_not_confirmed_is_not_asked_about(ada):
    case = make.need(ada)

    with pytest.raises(NeedGone):
        need_cases.say_whether_met(case.pk, True, by=ada.member, at=AFTER)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "captions", "words": "Fast ones"},
        {"kind": "other", "words": ""},
        {"state": "cannot"},
        {"instead": "A chair"},
        {"was_met": True},
        {"state_changed_at": NOW - timedelta(days=1)},
    ],
)
def test_the_database_refuses_a_case_that_makes_no_sense(ada, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.need(ada, **fields)


def test_a_need_is_told_once(ada):
    make.need(ada)

    with pytest.raises(IntegrityError), transaction.atomic():
        make.need(ada)


def test_what_waits_is_of_people_who_come_to_what_takes_place(bo):
    waits = make.need(make.registration(make.event(), make.member("Ada")))
    for fields in ({"status": "cancelled"}, {"status": "draft"}, {"last_day": NOW.date() - timedelta(days=1),
                   "first_day": NOW.date() - timedelta(days=1)}):  # fmt: skip
        make.need(make.registration(make.event(**fields), make.member("Eve")))
    make.need(make.registration(make.event(), make.member("Ida"), status="cancelled"))
    answered = make.need(make.registration(make.event(), make.member("Una")))
    need_cases.confirm(answered.pk, version=0, by=bo, at=NOW)

    assert list(AccessNeed.objects.unanswered(NOW.date())) == [waits]
    assert Event.objects.count() == 6


def test_what_was_answered_is_not_put_back_to_arranged_without_a_word(ada, bo):
    confirmed = make.need(ada, state="confirmed")
    declined = make.need(ada, "slides", state="cannot", instead="A transcript")

    for case in (confirmed, declined):
        with pytest.raises(NeedIsAnswered):
            need_cases.arrange(case.pk, version=0, by=bo, at=NOW)

    assert [standing(case)[0] for case in (confirmed, declined)] == ["confirmed", "cannot"]


@pytest.mark.parametrize("why", ["over", "event cancelled", "they cancelled", "not approved"])
def test_nobody_is_told_of_what_does_not_take_place_for_them(bo, why):
    days = NOW.date() - timedelta(days=2)
    event = make.event(first_day=days, last_day=days) if why == "over" else make.event()
    ada = make.registration(
        event,
        make.member("Ada", membership="declined" if why == "not approved" else "active"),
        status={"they cancelled": "cancelled", "not approved": "received"}.get(why, "confirmed"),
    )
    case = make.need(ada)
    if why == "event cancelled":
        Event.objects.update(status="cancelled")

    for act in (need_cases.arrange, need_cases.confirm):
        with pytest.raises(TooLate):
            act(case.pk, version=0, by=bo, at=NOW)
    with pytest.raises(TooLate):
        need_cases.decline(case.pk, "A stool", version=0, by=bo, at=NOW)

    assert (standing(case), Message.objects.count()) == (("new", "", None), 0)


def test_who_changes_only_what_hosts_may_know_keeps_the_answer_and_the_page_that_the_team_looks_at(ada, bo):
    access_needs.save(ada, kinds={"captions": False}, by=BY, at=NOW)
    case = AccessNeed.objects.get()
    access_needs.save(ada, kinds={"captions": True}, by=BY, at=NOW)

    need_cases.confirm(case.pk, version=case.version, by=bo, at=NOW)

    case.refresh_from_db()
    assert (case.state, case.is_shared_with_hosts) == ("confirmed", True)


def test_words_told_anew_are_nobody_s_and_not_answered(ada, bo):
    case = make.need(ada, "other", "A chair\nA stool", state="confirmed", owner=bo, answer_sent_at=NOW)
    access_needs.save(ada, needs="A chair\r\nA stool", by=BY, at=NOW)
    same = standing(case)
    access_needs.save(ada, needs="A bench", by=BY, at=NOW)

    case.refresh_from_db()
    assert same == ("confirmed", "", bo.pk)
    assert (case.state, case.owner, case.answer_sent_at) == ("new", None, None)


def test_who_registers_again_begins_anew(bo):
    event, ada = make.event(), make.member("Ada")
    made = registering.register(event, ada, by=ada, at=NOW, kinds={"captions": False, "slides": False})
    for case in AccessNeed.objects.all():
        need_cases.confirm(case.pk, version=case.version, by=bo, at=NOW)
    registering.cancel(made, by=ada, at=NOW)
    later = NOW + timedelta(days=1)

    registering.register(event, ada, by=ada, at=later, kinds={"captions": False})

    assert [(one.kind, one.state, one.asked_at) for one in AccessNeed.objects.all()] == [
        ("captions", "new", later)
    ]


def test_what_was_not_asked_about_stays(ada, bo):
    step_free = make.need(ada, "step-free", state="confirmed")
    make.need(ada, "slides")
    for kind in ("step-free", "captions"):
        ada.member.kept_needs.create(kind=kind, kept_at=NOW)

    access_needs.save(
        ada, kinds={"breaks": False}, shown=["breaks", "slides", "captions"], keep=True, by=BY, at=NOW
    )

    assert standing(step_free)[0] == "confirmed"
    assert {one.kind for one in AccessNeed.objects.all()} == {"step-free", "breaks"}
    assert {one.kind for one in ada.member.kept_needs.all()} == {"step-free", "breaks"}

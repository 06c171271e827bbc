"""What becomes of needs afterwards: erased, counted, or kept by their owner for the next registration."""

from datetime import timedelta

import pytest
import time_machine

from audit.acts import Act
from audit.confidential import Why
from events import access_needs
from events import registration as registering
from events.models import AccessNeed, AccessNeeds, KeptNeed, NeedCount
from members.privacy import erasure
from tests import make
from tests.contracts import people
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
GONE = NOW + timedelta(days=60)


def counted():
    return {one.kind: (one.asked, one.confirmed, one.met, one.not_met) for one in NeedCount.objects.all()}


def of_each_kind():
    event = make.event()
    for state, was_met in (("new", None), ("confirmed", None), ("confirmed", True), ("confirmed", False)):
        registration = make.registration(event, make.member())
        make.need(registration, state=state, was_met=was_met)
    make.need(registration, "other", "A chair", state="cannot", instead="A stool")
    make.need(make.registration(event, make.member(), status="cancelled"))
    return event


def test_numbers_stay_and_nothing_else():
    of_each_kind()

    erased = access_needs.forget(at=GONE)
    again = access_needs.forget(at=GONE)

    assert (erased, again) == (5, 0)
    assert not AccessNeeds.objects.exists()
    assert not AccessNeed.objects.exists()
    assert counted() == {"captions": (4, 3, 1, 1), "other": (1, 0, 0, 0)}


@pytest.mark.parametrize(("days", "numbers"), [(60, {"captions": (1, 1, 1, 0)}), (1, {})])
def test_who_is_erased_after_the_event_still_counts_and_before_it_does_not(days, numbers, settings, tmp_path):
    settings.ERASED_ROOT = tmp_path
    ada = make.member("Ada")
    make.need(make.registration(make.event(), ada), state="confirmed", was_met=True)
    ada.kept_needs.create(kind="captions", kept_at=NOW)

    erasure.erase(ada, by=BY, at=NOW + timedelta(days=days), is_told=False)

    assert counted() == numbers
    assert not AccessNeeds.objects.exists()
    assert not KeptNeed.objects.exists()


def test_what_is_kept_for_the_next_registration_fills_in_its_form_and_only_they_see_it():
    first, ada = make.event(), make.member("Ada")
    registering.register(
        first,
        ada,
        by=ada,
        at=NOW,
        needs="A chair",
        share_with_hosts=True,
        kinds={"captions": False},
        keep=True,
    )
    access_needs.forget(at=GONE)
    second = make.event(first_day=GONE.date(), last_day=GONE.date())

    with time_machine.travel(NOW + timedelta(days=50), tick=False):
        form = people.reader(ada).get(f"/events/{second.slug}/register/").context["form"]
        bo = people.reader(make.member("Bo")).get(f"/events/{second.slug}/register/").context["form"]
        desk = people.reader(people.staff("Support"))
        team = [desk.post("/team/needs/?state=all").text, desk.get(f"/team/people/{ada.pk}/").text]

    assert not AccessNeeds.objects.exists()
    assert form.initial == {
        "keep": True,
        "needs": "A chair",
        "share_with_hosts": True,
        "need-captions": True,
        "hosts-captions": False,
    }
    assert bo.initial == {}
    assert not any("A chair" in page for page in team)


def test_what_is_kept_is_let_go_by_registering_without_the_tick_or_by_a_press():
    event, ada = make.event(), make.member("Ada")
    made = registering.register(event, ada, by=ada, at=NOW, kinds={"captions": True}, keep=True)
    kept = KeptNeed.objects.count()
    access_needs.save(made, kinds={"captions": True}, by=BY, at=NOW)  # by telephone: not asked
    still = KeptNeed.objects.count()
    access_needs.save(made, kinds={"captions": True}, keep=False, by=ada, at=NOW)
    unticked = KeptNeed.objects.count()
    access_needs.save(made, kinds={"captions": True}, keep=True, by=ada, at=NOW)
    pressed = (
        access_needs.keep_no_longer(ada, by=ada, at=NOW),
        access_needs.keep_no_longer(ada, by=ada, at=NOW),
    )

    assert (kept, still, unticked, pressed) == (1, 1, 0, (True, False))
    assert not KeptNeed.objects.exists()
    assert AccessNeed.objects.count() == 1


def test_hosts_are_shown_need_by_need_what_they_may_know():
    ada = make.registration(make.event(), make.member("Ada"))
    access_needs.save(
        ada, needs="A chair", share_with_hosts=False, kinds={"captions": True, "breaks": False}, by=BY, at=NOW
    )
    bo = make.registration(ada.event, make.member("Bo"))
    make.needs(bo, "Silence")

    looks = {
        only_shared: [
            one.needs
            for one in access_needs.look(
                [ada.pk, bo.pk],
                Why.FOR_THE_HOST,
                act=Act.NEEDS_SEEN,
                only_shared=only_shared,
                by=BY,
                at=NOW,
            )
        ]
        for only_shared in (True, False)
    }

    assert looks[True] == ["Live captions"]
    assert [{*one.splitlines()} for one in looks[False]] == [
        {"Live captions", "Breaks in long sessions", "A chair"},
        {"Silence"},
    ]

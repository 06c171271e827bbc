"""Acts about events and registrations."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from audit.actors import SITE
from audit.acts import Act
from audit.confidential import Why
from events import (
    access_needs,
    approval,
    cancellation,
    capacity,
    need_cases,
    need_withdrawals,
    publishing,
    tickets,
)
from events import registration as registering
from events.models import AccessNeed, Event, Registration
from members import membership
from members.models import Member
from team.needs import answering as needs_answering
from team.needs import cases
from team.sessions import needs as session_needs
from tests import make
from tests.contracts.acts.people import sam
from tests.contracts.acts.playing import Played, plays
from tests.make import BY, NOW
from workshops.places import booking
from workshops.programme import copying

EARLY = NOW - timedelta(hours=1)


@plays(Act.EVENT_ADDED, publishing.save_event)
def adding_an_event() -> Played:
    event, by = make.event(status="draft"), sam()
    event.places.delete()
    Event.objects.filter(pk=event.pk).delete()
    event.pk = None
    return Played(lambda: publishing.save_event(event, by=by, at=NOW), Event.objects.get, by)


@plays(Act.EVENT_COPIED, copying.copy)
def using_an_event_again() -> Played:
    event, by = make.event(), sam()
    wanted = copying.Wanted("Next", "next", event.first_day)
    return Played(
        lambda: copying.copy(event, wanted, set(), by=by, at=NOW), lambda: Event.objects.get(slug="next"), by
    )


@plays(Act.EVENT_CHANGED, publishing.save_event)
def changing_an_event() -> Played:
    event, by = make.event(), sam()
    event.place = "Dublin"
    return Played(lambda: publishing.save_event(event, by=by, at=NOW), lambda: event, by)


@plays(Act.EVENT_CANCELLED, cancellation.cancel_event)
def cancelling_an_event() -> Played:
    event, by = make.event(), sam()
    return Played(lambda: cancellation.cancel_event(event, by=by, at=NOW), lambda: event, by)


@plays(Act.EVENT_POSTPONED, cancellation.cancel_event)
def postponing_an_event() -> Played:
    event, by = make.event(), sam()
    return Played(
        lambda: cancellation.cancel_event(event, by=by, at=NOW, is_postponed=True), lambda: event, by
    )


@plays(Act.EVENT_BROUGHT_BACK, cancellation.bring_back)
def bringing_an_event_back() -> Played:
    event, by = make.event(), sam()
    cancellation.cancel_event(event, by=BY, at=NOW - timedelta(minutes=1))
    return Played(lambda: cancellation.bring_back(event, by=by, at=NOW), lambda: event, by)


@plays(Act.EVENT_PLACES_SET, capacity.set_capacity)
def setting_how_many_may_come() -> Played:
    event, by = make.event(), sam()
    return Played(lambda: capacity.set_capacity(event, 90, by=by, at=NOW), lambda: event, by)


def registers(event: Event, **fields: Any) -> Played:
    ada = make.member("Ada", **fields)
    return Played(
        lambda: registering.register(event, ada, by=ada, at=NOW), Registration.objects.get, ada, ada.pk
    )


@plays(Act.REGISTERED, registering.register, registering.take_place, tickets.take)
def registering_with_a_place() -> Played:
    return registers(make.event())


@plays(Act.REGISTERED_IN_LINE)
def registering_for_a_full_event() -> Played:
    return registers(make.event(capacity=0))


@plays(Act.REGISTRATION_RECEIVED)
def registering_before_the_approval() -> Played:
    return registers(make.event(), membership="waiting")


@plays(Act.EVENT_PLACE_GIVEN)
def giving_a_place_of_the_event() -> Played:
    event = make.event(capacity=1)
    first, waits = (registering.register(event, make.member(name), by=BY, at=EARLY) for name in ("Ada", "Bo"))
    return Played(lambda: registering.cancel(first, by=BY, at=NOW), lambda: waits, SITE, waits.member_id)


@plays(Act.RECEIVED_AGAIN, approval.receive_again, approval.approve_received)
def receiving_again() -> Played:
    ada, by = make.member("Ada", membership="waiting"), sam()
    mine = registering.register(make.event(), ada, by=BY, at=EARLY)
    membership.approve(ada, by=BY, at=NOW - timedelta(minutes=1))
    return Played(lambda: membership.take_back_approval(ada, by=by, at=NOW), lambda: mine, by, ada.pk)


def registered() -> tuple[Registration, Member]:
    mine = make.registration(make.event(), make.member("Ada"))
    return mine, mine.member


@plays(Act.REGISTRATION_CANCELLED, registering.cancel)
def cancelling_a_registration() -> Played:
    mine, ada = registered()
    return Played(lambda: registering.cancel(mine, by=ada, at=NOW), lambda: mine, ada, ada.pk)


def says_needs(mine: Registration, ada: Member, needs: str) -> None:
    access_needs.save(mine, by=ada, at=NOW, needs=needs, share_with_hosts=True)


@plays(Act.NEEDS_KEPT, access_needs.save)
def keeping_needs() -> Played:
    mine, ada = registered()
    return Played(lambda: says_needs(mine, ada, "Captions"), lambda: mine, ada, ada.pk)


def looking(look: Callable[[Registration, Member], Any]) -> Played:
    mine, ada = registered()
    says_needs(mine, ada, "Captions")
    booking.book(make.workshop(mine.event), mine, by=ada, at=NOW)
    by = sam()
    return Played(lambda: look(mine, by), lambda: mine, by, ada.pk)


@plays(Act.NEEDS_SEEN, access_needs.look, cases.look, needs_answering.anew, need_withdrawals.look)
def looking_at_needs() -> Played:
    def look(mine: Registration, by: Member) -> None:
        why, act = Why.TO_ARRANGE, Act.NEEDS_SEEN
        access_needs.look([mine.pk], why, act=act, only_shared=False, by=by, at=NOW)

    return looking(look)


@plays(Act.NEEDS_TAKEN_ALONG, session_needs.look)
def taking_needs_along() -> Played:
    def look(mine: Registration, by: Member) -> None:
        session_needs.look(mine.bookings.get().session, Why.TO_ARRANGE, is_file=True, by=by, at=NOW)

    return looking(look)


def answering(answer: Callable[[AccessNeed, Member], Any], **fields: Any) -> Played:
    mine, _ = registered()
    case, by = make.need(mine, **fields), sam()
    return Played(lambda: answer(case, by), lambda: case, by, mine.member_id)


@plays(Act.NEED_ARRANGED, need_cases.arrange)
def arranging_a_need() -> Played:
    return answering(lambda case, by: need_cases.arrange(case.pk, version=0, by=by, at=NOW))


@plays(Act.NEED_CONFIRMED, need_cases.confirm)
def confirming_a_need() -> Played:
    return answering(lambda case, by: need_cases.confirm(case.pk, version=0, by=by, at=NOW))


@plays(Act.NEED_DECLINED, need_cases.decline)
def declining_a_need() -> Played:
    return answering(lambda case, by: need_cases.decline(case.pk, "Slides", version=0, by=by, at=NOW))


@plays(Act.NEED_STOPPED, need_withdrawals.stop)
def stopping_what_was_arranged() -> Played:
    mine, _ = registered()
    row, by = make.to_stop(mine), sam()
    return Played(lambda: need_withdrawals.stop(row.pk, by=by, at=NOW), lambda: row, by, mine.member_id)


@plays(Act.NEED_ANSWERED_BACK, need_cases.say_whether_met)
def saying_whether_a_need_was_met() -> Played:
    mine = make.registration(make.event(first_day=NOW.date(), last_day=NOW.date()), make.member("Ada"))
    case, ada = make.need(mine, state="confirmed"), mine.member
    return Played(
        lambda: need_cases.say_whether_met(case.pk, True, by=ada, at=NOW), lambda: case, ada, ada.pk
    )


@plays(Act.NEEDS_LET_GO, access_needs.keep_no_longer)
def keeping_needs_no_longer() -> Played:
    ada = make.member("Ada")
    ada.kept_needs.create(kind="captions", kept_at=NOW)
    return Played(lambda: access_needs.keep_no_longer(ada, by=ada, at=NOW), lambda: ada, ada, ada.pk)


@plays(Act.NEEDS_FORGOTTEN, access_needs.save)
def forgetting_needs() -> Played:
    mine, ada = registered()
    says_needs(mine, ada, "Captions")
    return Played(lambda: says_needs(mine, ada, ""), lambda: mine, ada, ada.pk)

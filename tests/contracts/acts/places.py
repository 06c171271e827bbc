"""Acts about sessions, places and bookings."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from audit.actors import SITE, importing
from audit.acts import Act
from events import registration as registering
from events.models import Event, Registration, Session
from live import new_link
from members import membership
from members.models import Member
from team.sessions import acts as session_acts
from tests import make
from tests.contracts.acts.playing import Played, plays
from tests.make import BY, NOW
from tests.races import edits
from tests.workshops.places import state
from tests.workshops.programme_import.programmes import WELCOME, file, plan
from workshops.letters import booking_announced, booking_opened, session_words
from workshops.models import Booking
from workshops.places import (
    booking,
    cancellation,
    choices,
    choices_after_approval,
    contested,
    counters,
    deciding,
    last_minutes,
    waiting_list,
)
from workshops.programme import cancelling as calling_off
from workshops.programme import capacity, changes, clock_changes, drafts, foreseen, shifting
from workshops.programme_import import records, writing
from workshops.programme_import.importing import import_programme

EARLY = NOW - timedelta(hours=1)


def booked(event: Event | None = None, name: str = "Ada", **more: Any) -> Booking:
    event = event or make.event()
    return booking.book(make.workshop(event, **more), ada(event, name), by=BY, at=EARLY)


def ada(event: Event, name: str = "Ada") -> Registration:
    return make.registration(event, make.member(name))


def sam() -> Member:
    return make.member("Sam", is_staff=True)


@plays(Act.CHOSEN, choices.choose, counters.mark)
def choosing() -> Played:
    event = make.event(booking_opens_at=NOW + timedelta(days=1))
    session, mine = make.workshop(event), ada(event)
    return Played(
        lambda: choices.choose(session, mine, by=mine.member, at=NOW),
        lambda: Booking.objects.get(),
        mine.member,
        mine.member_id,
    )


def chosen() -> tuple[Booking, Registration]:
    event = make.event(booking_opens_at=NOW)
    mine = ada(event)
    return choices.choose(make.workshop(event), mine, by=BY, at=EARLY), mine


@plays(Act.UNCHOSEN, choices.unchoose, choices.drop)
def taking_a_choice_out() -> Played:
    choice, mine = chosen()
    return Played(
        lambda: choices.unchoose(choice, by=mine.member, at=NOW), lambda: choice, mine.member, mine.member_id
    )


@plays(Act.BOOKED, booking.book, choices.book_choices)
def booking_what_was_chosen() -> Played:
    choice, mine = chosen()
    return Played(
        lambda: choices.book_choices(mine, by=mine.member, at=NOW),
        lambda: choice,
        mine.member,
        mine.member_id,
    )


@plays(Act.JOINED_LINE, booking.book, counters.claim)
def joining_the_line() -> Played:
    event = make.event()
    session, mine, by = make.workshop(event, capacity=0), ada(event), sam()
    return Played(
        lambda: booking.book(session, mine, by=by, at=NOW), lambda: Booking.objects.get(), by, mine.member_id
    )


@plays(Act.BOOKING_CANCELLED, booking.cancel)
def cancelling() -> Played:
    one, by = booked(), sam()
    return Played(lambda: booking.cancel(one, by=by, at=NOW), lambda: one, by, one.member_id)


@plays(Act.BOOKING_SWAPPED, booking.swap, booking.give_up_named)
def swapping() -> Played:
    event = make.event()
    one, new = booked(event), make.workshop(event)
    return Played(
        lambda: booking.swap([one], new, by=one.member, at=NOW), lambda: one, one.member, one.member_id
    )


@plays(Act.PLACE_OFFERED, waiting_list.serve)
def offering() -> Played:
    event = make.event()
    one = booked(event, "Bo", capacity=1)
    mine = ada(event)
    waits = booking.book(one.session, mine, by=BY, at=EARLY)
    booking.book(make.workshop(event), mine, by=BY, at=EARLY)
    return Played(lambda: booking.cancel(one, by=BY, at=NOW), lambda: waits, SITE, mine.member_id)


@plays(Act.PLACE_GIVEN, waiting_list.serve, counters.become)
def giving() -> Played:
    event = make.event()
    one = booked(event, "Bo", capacity=1)
    waits = booking.book(one.session, ada(event), by=BY, at=EARLY)
    return Played(lambda: booking.cancel(one, by=BY, at=NOW), lambda: waits, SITE, waits.member_id)


@plays(Act.PLACE_TAKEN, last_minutes.take)
def taking_what_is_free() -> Played:
    event = make.event(first_day=NOW.date(), last_day=NOW.date())
    one = booked(event, "Bo", capacity=1, hour=10.3)
    waits = booking.book(one.session, ada(event), by=BY, at=EARLY)
    booking.cancel(one, by=BY, at=NOW)
    by, mine = waits.member, waits.registration
    return Played(lambda: last_minutes.take(one.session, mine, by=by, at=NOW), lambda: waits, by, by.pk)


@plays(Act.PASSED_OVER, waiting_list.serve)
def passing_over() -> Played:
    event = make.event()
    one = booked(event, "Bo", capacity=1)
    waits = booking.book(one.session, ada(event), by=BY, at=EARLY)
    make.host(make.session(event), member=waits.member)
    return Played(lambda: booking.cancel(one, by=BY, at=NOW), lambda: waits, SITE, waits.member_id)


@plays(Act.OFFER_ACCEPTED, booking.accept, booking.accept_under_lock)
def accepting() -> Played:
    offer, other = state.offered(make.event(), at=EARLY)
    by = offer.member
    return Played(
        lambda: booking.accept(offer, by=by, at=NOW, replacing=[other]), lambda: offer, by, offer.member_id
    )


@plays(Act.OFFER_DECLINED, booking.decline, waiting_list.pass_offer)
def declining() -> Played:
    offer, _ = state.offered(make.event(), at=EARLY)
    by = offer.member
    return Played(lambda: booking.decline(offer, by=by, at=NOW), lambda: offer, by, offer.member_id)


@plays(Act.OFFER_LAPSED, waiting_list.sweep)
def letting_an_offer_lapse() -> Played:
    offer, _ = state.offered(make.event(), at=NOW - timedelta(days=5))
    return Played(lambda: waiting_list.sweep(at=NOW), lambda: offer, SITE, offer.member_id)


def to_decide() -> tuple[Booking, Booking]:
    """Return a place whose session moved, and the one that it overlaps."""
    event = make.event()
    mine = ada(event)
    first, other = (booking.book(make.workshop(event, hour=hour), mine, by=BY, at=EARLY) for hour in (10, 12))
    changes.save_session(
        make.later(Session.objects.get(pk=first.session_id), timedelta(hours=2)), by=BY, at=EARLY
    )
    return first, other


@plays(Act.CONTESTED, changes.save_session, contested.contest)
def moving_onto_what_they_have() -> Played:
    event, by = make.event(), sam()
    mine = ada(event)
    first, _ = (booking.book(make.workshop(event, hour=hour), mine, by=BY, at=EARLY) for hour in (10, 12))
    session = make.later(Session.objects.get(pk=first.session_id), timedelta(hours=2))
    return Played(lambda: changes.save_session(session, by=by, at=NOW), lambda: first, by, mine.member_id)


@plays(Act.CONTESTED_BY_RETURN)
def bringing_back_onto_what_they_have() -> Played:
    event, by = make.event(), sam()
    mine = ada(event)
    session = make.workshop(event)
    first = booking.book(session, mine, by=BY, at=EARLY)
    calling_off.cancel(session, "", seen=calling_off.look(session, at=NOW).fingerprint, by=by, at=NOW)
    booking.book(make.workshop(event, title="Of that time"), mine, by=BY, at=NOW)
    return Played(lambda: calling_off.bring_back(session, by=by, at=NOW), lambda: first, by, mine.member_id)


@plays(Act.KEPT, deciding.keep)
def deciding_which_to_keep() -> Played:
    first, other = to_decide()
    by = sam()
    return Played(
        lambda: deciding.keep(first, giving_up=[other], by=by, at=NOW), lambda: first, by, first.member_id
    )


@plays(Act.SETTLED, contested.judge)
def having_nothing_to_decide_any_more() -> Played:
    first, other = to_decide()
    return Played(lambda: booking.cancel(other, by=BY, at=NOW), lambda: first, SITE, first.member_id)


@plays(Act.BOOKING_ENDED_UNDECIDED, contested.judge)
def deciding_nothing_in_time() -> Played:
    first, _ = to_decide()
    Booking.objects.filter(pk=first.pk).update(expires_at=NOW)
    return Played(lambda: waiting_list.sweep(at=NOW), lambda: first, SITE, first.member_id)


@plays(Act.REJOINED_LINE, waiting_list.rejoin)
def waiting_once_more() -> Played:
    event = make.event()
    offer, other = state.offered(event, at=EARLY)
    booking.decline(offer, by=BY, at=EARLY)
    return Played(lambda: booking.cancel(other, by=BY, at=NOW), lambda: offer, SITE, offer.member_id)


@plays(Act.MOVED_UP, waiting_list.move_up, session_acts.move_up)
def moving_up() -> Played:
    _, (_, last) = state.full_with_line(make.event(), "Bo", "Cy")
    by = sam()
    return Played(
        lambda: waiting_list.move_up(last, by=by, at=NOW, reason="Their carer comes."),
        lambda: last,
        by,
        last.member_id,
    )


@plays(Act.BOOKING_ENDED_REGISTRATION, registering.cancel, cancellation.end_bookings, counters.release)
def ending_with_the_registration() -> Played:
    one = booked()
    return Played(
        lambda: registering.cancel(one.registration, by=one.member, at=NOW),
        lambda: one,
        one.member,
        one.member_id,
    )


@plays(Act.BOOKING_ENDED_SESSION, changes.save_session)
def ending_with_the_session() -> Played:
    one, by = booked(), sam()
    session = Session.objects.get()
    session.status = Session.Status.CANCELLED
    return Played(lambda: changes.save_session(session, by=by, at=NOW), lambda: one, by, one.member_id)


def promised(capacity: int = 5) -> tuple[Booking, Member]:
    event = make.event()
    waits = registering.register(event, make.member("Winnie", membership="waiting"), by=BY, at=EARLY)
    return choices.choose(make.workshop(event, capacity=capacity), waits, by=BY, at=EARLY), waits.member


@plays(Act.CHOICE_REFUSED, choices_after_approval.keep)
def refusing_a_promise() -> Played:
    choice, winnie = promised()
    make.host(make.session(choice.session.event), member=winnie)
    membership.approve(winnie, by=BY, at=EARLY)
    return Played(lambda: choices_after_approval.keep(at=NOW), lambda: choice, SITE, winnie.pk)


@plays(Act.CHOSEN_AGAIN, choices_after_approval.received_again)
def choosing_again() -> Played:
    _, winnie = promised()
    membership.approve(winnie, by=BY, at=NOW - timedelta(minutes=1))
    choices_after_approval.keep(at=NOW - timedelta(minutes=1))
    by = sam()
    return Played(
        lambda: membership.take_back_approval(winnie, by=by, at=NOW),
        lambda: Booking.objects.live().get(),
        by,
        winnie.pk,
    )


@plays(Act.SESSION_ADDED, changes.save_sessions, changes.write_sessions)
def adding_a_session() -> Played:
    session = make.session(make.event())
    Session.objects.filter(pk=session.pk).delete()
    session.pk = None
    by = sam()
    return Played(lambda: changes.save_sessions([session], by=by, at=NOW), Session.objects.get, by)


@plays(Act.SESSION_CHANGED, changes.save_session, shifting.shift, new_link.change)
def changing_a_session() -> Played:
    session, by = make.session(make.event()), sam()
    session.room = "Another"
    return Played(lambda: changes.save_session(session, by=by, at=NOW), lambda: session, by)


@plays(Act.SESSION_PUBLISHED, changes.save_session, drafts.publish)
def publishing_a_session() -> Played:
    session, by = make.session(make.event(), status="draft"), sam()
    session.status = Session.Status.PUBLISHED
    return Played(lambda: changes.save_session(session, by=by, at=NOW), lambda: session, by)


@plays(Act.SESSION_CANCELLED, changes.save_session, calling_off.cancel)
def cancelling_a_session() -> Played:
    session, by = make.session(make.event()), sam()
    session.status = Session.Status.CANCELLED
    return Played(lambda: changes.save_session(session, by=by, at=NOW), lambda: session, by)


def back() -> tuple[Booking, Member]:
    """A booking that its session has ended, and who brings it back."""
    one = booked()
    changes.save_session(edits.cancelled(one.session), by=BY, at=EARLY + timedelta(minutes=55))
    return one, sam()


@plays(Act.SESSION_BROUGHT_BACK, calling_off.bring_back)
def bringing_a_session_back() -> Played:
    one, by = back()
    return Played(lambda: calling_off.bring_back(one.session, by=by, at=NOW), lambda: one.session, by)


@plays(Act.BOOKING_BROUGHT_BACK)
def coming_back_with_a_session() -> Played:
    one, by = back()
    return Played(lambda: calling_off.bring_back(one.session, by=by, at=NOW), lambda: one, by, one.member_id)


@plays(Act.PLACES_SET, capacity.set_capacity, capacity.write_capacity, foreseen.save)
def setting_places() -> Played:
    session, by = make.workshop(make.event()), sam()
    return Played(lambda: capacity.set_capacity(session, 12, by=by, at=NOW), lambda: session, by)


@plays(Act.SESSION_WRITTEN_TO, session_words.send)
def writing_to_those_who_come() -> Played:
    session, by = booked().session, sam()
    typed: dict[str, Any] = {"subject": "Pens", "words": "Bring one.", "submission": UUID(int=1)}
    return Played(lambda: session_words.send(session, "booked", **typed, by=by, at=NOW), lambda: session, by)


@plays(Act.OPENED_TO_ALL, capacity.open_to_all)
def opening_to_all() -> Played:
    session, by = make.workshop(make.event()), sam()
    return Played(lambda: capacity.open_to_all(session, by=by, at=NOW), lambda: session, by)


def shifted() -> Session:
    """A session whose clocks would show another time than was meant."""
    session = make.session(make.event())
    Session.objects.update(starts_offset=60, ends_offset=60)
    return session


@plays(Act.TIMES_MEANT, clock_changes.keep_moments, clock_changes.keep_clocks)
def leaving_the_moments() -> Played:
    session, by = shifted(), sam()
    return Played(lambda: clock_changes.keep_moments([session.pk], by=by, at=NOW), lambda: session, by)


@plays(Act.PROGRAMME_IMPORTED, import_programme, records.record, writing.write, changes.write_quietly)
def importing_a_programme() -> Played:
    event, by = make.event(), sam()
    looked = plan(event, WELCOME).fingerprint
    return Played(
        lambda: import_programme(event, file(WELCOME), "p.csv", looked, by=by, at=NOW),
        lambda: event,
        importing(by),
    )


@plays(Act.OPENING_ANNOUNCED, booking_announced.announce)
def telling_when_booking_opens() -> Played:
    event = make.event(booking_opens_at=NOW + timedelta(hours=1))
    make.workshop(event)
    return Played(lambda: booking_announced.announce(at=NOW), lambda: event, SITE)


@plays(Act.OPENING_TOLD, booking_opened.tell_opened)
def telling_that_booking_has_opened() -> Played:
    event = make.event(booking_opens_at=NOW)
    make.workshop(event)
    return Played(lambda: booking_opened.tell_opened(at=NOW), lambda: event, SITE)

"""Accounts are brought together while their owner books with both, and while it is done the other way."""

from functools import partial

import pytest

from members.merging import act, proof
from members.merging.proof import MergeRefused
from members.models import AccountMerge, Member
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.members.merging.bringing import codes, seen
from tests.races.together import together
from workshops.models import Booking
from workshops.places import booking
from workshops.places.refusals import BookingRefused

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]


def two(event):
    """Two accounts of one person, both registered, and the codes that were mailed."""
    kept, ended = make.member("Ada"), make.member("Ada")
    registered = [make.registration(event, one) for one in (kept, ended)]
    return kept, ended, registered


def merging(kept, ended, by):
    """Press with the codes and what was read; a refusal is a result."""
    said, shown = codes(kept, ended), seen(kept, ended)

    def press():
        try:
            act.merge(kept, ended, codes=said, seen=shown, by=by, at=NOW)
        except MergeRefused as refusal:
            return type(refusal).__name__
        return "merged"

    return press


def book(session, registration):
    def press():
        try:
            return booking.book(session, registration, by=BY, at=NOW).status
        except BookingRefused:
            return "refused"

    return press


def test_pressed_four_times_at_once_it_is_done_once():
    by, event = people.staff("Support"), make.event()
    kept, ended, _ = two(event)
    proof.ask(kept, ended, by=by, at=NOW)
    press = merging(kept, ended, by)

    results = together(press, press, press, press)

    assert results == ["merged"] * 4
    assert AccountMerge.objects.filter(done_at__isnull=False).count() == 1


def test_while_they_book_with_both_nothing_is_lost_and_no_place_is_theirs_twice():
    by, event = people.staff("Support"), make.event()
    full, free, clash = (make.workshop(event, capacity=n, hour=h) for n, h in ((1, 10), (5, 12), (5, 12.5)))
    for _ in range(6):
        kept, ended, (mine, other) = two(event)
        booking.book(full, other, by=BY, at=NOW)
        proof.ask(kept, ended, by=by, at=NOW)

        result, *_others = together(
            merging(kept, ended, by),
            book(free, mine),
            book(clash, other),
            book(full, mine),
        )

        live = Booking.objects.live()
        is_done = not Member.objects.get(pk=ended.pk).is_active
        assert is_done == (result == "merged")
        assert not (is_done and live.filter(member=ended).exists())
        assert live.filter(session=full, member__in=(kept, ended)).count() <= (1 if is_done else 2)


def test_while_they_give_up_and_others_wait_the_place_goes_to_the_line():
    by, event = people.staff("Support"), make.event()
    for _ in range(6):
        session = make.workshop(event, capacity=1)
        kept, ended, (_mine, other) = two(event)
        place = booking.book(session, other, by=BY, at=NOW)
        bos = booking.book(session, make.registration(event, make.member("Bo")), by=BY, at=NOW)
        proof.ask(kept, ended, by=by, at=NOW)

        together(merging(kept, ended, by), partial(booking.cancel, place, by=BY, at=NOW))

        place.refresh_from_db()
        bos.refresh_from_db()
        assert (place.status, bos.status) == ("cancelled", "booked")


def test_the_other_way_round_at_once_one_of_the_two_is_done():
    by, event = people.staff("Support"), make.event()
    for _ in range(5):
        one, other, _ = two(event)
        proof.ask(one, other, by=by, at=NOW)
        forth = merging(one, other, by)

        def back(one=one, other=other):
            try:
                proof.ask(other, one, by=by, at=NOW)
                return merging(other, one, by)()
            except MergeRefused as refusal:
                return type(refusal).__name__

        results = together(forth, back)

        open_ones = Member.objects.filter(pk__in=(one.pk, other.pk), is_active=True).count()
        assert (open_ones, results.count("merged")) == (1, 1)

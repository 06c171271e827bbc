"""Taking somebody out of an event: places go on, nothing lets them in, and somebody else looks again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from concerns import merging, removal
from concerns.models import Removal
from concerns.refusals import (
    AnotherDecides,
    AskedMeanwhile,
    DecidedMeanwhile,
    IsOut,
    LookedAgain,
    NobodyAsked,
    NoRight,
    NotOut,
    NotThemselves,
)
from events import joining_details, registration
from hosting import access
from hosting.access import Reader
from notifications.models import Message
from recordings import access as access_to_recordings
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from workshops.places import booking

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def event():
    return make.event(capacity=1, slug="2026")


@pytest.fixture
def tess():
    """An event admin."""
    return people.staff("Event admin")


@pytest.fixture
def ada(event):
    """Somebody registered."""
    return registration.register(event, make.member("Ada"), by=BY, at=NOW)


def out(event, member, by):
    return removal.remove(event, member, "He shouted.", "You shouted at others.", by=by, at=LATER)


def kinds():
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def test_their_registration_ends_and_their_places_go_to_who_waits_at_once(
    event, ada, tess, django_capture_on_commit_callbacks
):
    session = make.workshop(event, capacity=1)
    booking.book(session, ada, by=BY, at=NOW)
    bo = registration.register(event, make.member("Bo"), by=BY, at=NOW)
    assert bo.status == "waiting"

    with django_capture_on_commit_callbacks(execute=True):
        out(event, ada.member, tess)

    bo.refresh_from_db()
    ada.refresh_from_db()
    session.workshop.refresh_from_db()
    assert (ada.status, bo.status, session.workshop.taken) == ("cancelled", "confirmed", 0)


def test_they_are_told_in_one_email_and_not_that_they_can_register_again(event, ada, tess):
    Message.objects.all().delete()

    out(event, ada.member, tess)

    assert kinds() == ["taken-out"]


def test_they_cannot_join_from_the_next_request(event, ada, tess):
    session = make.session(event)
    assert joining_details.may_join(session, ada.member)

    out(event, ada.member, tess)

    assert not joining_details.may_join(session, ada.member)


def test_who_hosts_cannot_join_any_more_and_their_hosts_pages_are_closed(event, tess):
    session, member = make.workshop(event), make.member("Hana")
    hana = make.host(session, member=member)
    make.invited(hana, event)
    assert joining_details.may_join(session, member)
    assert access.parts(event, Reader(member), at=NOW)

    out(event, member, tess)

    assert not joining_details.may_join(session, member)
    assert access.parts(event, Reader(member), at=NOW) == []
    assert not access.hosts(member, session, at=NOW)
    assert not access.may_ask(event, member.email, at=NOW)


def test_who_hosts_by_a_code_to_their_address_is_out_as_well(event, tess):
    session, member = make.workshop(event), make.member("Hana", email="hana@hosts.example")
    hana = make.host(session, email="hana@hosts.example")
    make.invited(hana, event)
    assert access.parts(event, Reader(address="hana@hosts.example"), at=NOW)

    out(event, member, tess)

    assert access.parts(event, Reader(address="hana@hosts.example"), at=NOW) == []


def test_they_cannot_register_for_this_event_and_can_for_another(event, ada, tess):
    out(event, ada.member, tess)

    with pytest.raises(IsOut):
        registration.register(event, ada.member, by=BY, at=LATER)
    assert registration.register(make.event(), ada.member, by=BY, at=LATER).is_confirmed


def test_pressing_twice_is_once(event, ada, tess):
    assert out(event, ada.member, tess) == out(event, ada.member, tess)
    assert kinds().count("taken-out") == 1


def test_nobody_takes_themselves_out_and_only_who_may_does(event, tess):
    with pytest.raises(NotThemselves):
        out(event, tess, tess)
    with pytest.raises(NoRight):
        out(event, make.member(), people.staff("Support"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Removal.objects.create(event=event, member=tess, reason="A", removed_by=tess, removed_at=NOW)


def test_of_an_event_that_is_over_nobody_is_taken_out(event, ada, tess):
    with pytest.raises(registration.EventOver):
        removal.remove(event, ada.member, "Why", "So", by=tess, at=NOW + timedelta(days=60))

    assert not Removal.objects.exists()


def test_they_ask_once_for_a_second_look_and_it_is_not_lost_by_pressing_twice(event, ada, tess):
    with pytest.raises(NotOut):
        removal.ask(event, ada.member, "Please", by=ada.member, at=LATER)
    out(event, ada.member, tess)

    removal.ask(event, ada.member, "I was not there.", by=ada.member, at=LATER)
    asked = removal.ask(event, ada.member, "Please", by=ada.member, at=LATER)

    assert asked.asked_words == "I was not there."
    assert list(Removal.objects.asked()) == [asked]


def test_somebody_else_than_who_decided_looks_again_where_there_is_somebody_else(event, ada, tess):
    out(event, ada.member, tess)
    taken_out = removal.ask(event, ada.member, "Please", by=ada.member, at=LATER)
    assert removal.look_again(taken_out, "So", lifts=False, by=tess, at=LATER).decided_by == tess
    taken_out.refresh_from_db()
    root = people.admin()

    with pytest.raises(AnotherDecides):
        removal.look_again(taken_out, "So", lifts=True, by=tess, at=LATER)

    assert removal.look_again(taken_out, "So", lifts=True, by=root, at=LATER).lifted_at == LATER


def test_who_is_out_does_not_decide_about_themselves(event, tess):
    root = people.admin()
    taken_out = out(event, root, tess)

    with pytest.raises(NotThemselves):
        removal.look_again(taken_out, "So", lifts=True, by=root, at=LATER)


def test_lifting_lets_them_register_again_and_brings_no_place_back(event, ada, tess):
    session = make.workshop(event, capacity=1)
    booking.book(session, ada, by=BY, at=NOW)
    taken_out = out(event, ada.member, tess)

    removal.look_again(taken_out, "Welcome back.", lifts=True, by=people.admin(), at=LATER)

    ada.refresh_from_db()
    assert ada.status == "cancelled"
    assert registration.register(event, ada.member, by=BY, at=LATER).is_confirmed
    assert not ada.bookings.live().exists()
    assert kinds()[-2:] == ["second-look", "registered"]


def test_after_a_second_look_that_let_it_stand_they_are_told_so(event, ada, tess):
    taken_out = out(event, ada.member, tess)
    removal.ask(event, ada.member, "Please", by=ada.member, at=LATER)
    taken_out.refresh_from_db()

    removal.look_again(taken_out, "So", lifts=False, by=people.admin(), at=LATER)

    with pytest.raises(LookedAgain):
        removal.ask(event, ada.member, "Please", by=ada.member, at=LATER)
    with pytest.raises(IsOut):
        registration.register(event, ada.member, by=BY, at=LATER)


def test_who_looks_again_second_is_told_and_changes_nothing(event, ada, tess):
    out(event, ada.member, tess)
    taken_out = removal.ask(event, ada.member, "Please", by=ada.member, at=LATER)
    removal.look_again(taken_out, "So", lifts=False, by=people.admin(), at=LATER)

    with pytest.raises(DecidedMeanwhile):
        removal.look_again(taken_out, "Other", lifts=True, by=make_another(), at=LATER)

    assert removal.is_out(event.pk, ada.member_id)


def make_another():
    return make.member("Rob", is_staff=True, is_superuser=True)


def test_who_was_out_with_one_account_is_out_with_the_account_that_stays(event, ada, tess):
    other = make.member("Ada")
    out(event, other, tess)

    said = list(merging.look(ada.member, other))
    merging.merge(ada.member, other, by=tess, at=LATER)

    ada.refresh_from_db()
    assert ada.status == "cancelled"
    assert removal.is_out(event.pk, ada.member_id)
    assert not Removal.objects.filter(member=other).exists()
    assert len(said) == 1


def test_who_was_out_with_both_accounts_is_out_once(event, ada, tess):
    other = make.member("Ada")
    for member in (ada.member, other):
        out(event, member, tess)

    merging.merge(ada.member, other, by=tess, at=LATER)

    assert Removal.objects.get().member == ada.member


def test_the_one_second_look_is_not_used_up_before_they_ask(event, ada, tess):
    taken_out = out(event, ada.member, tess)

    with pytest.raises(NobodyAsked):
        removal.look_again(taken_out, "So", lifts=False, by=people.admin(), at=LATER)

    assert removal.ask(event, ada.member, "Please", by=ada.member, at=LATER).asked_at == LATER


def test_what_they_say_after_the_page_was_opened_is_not_decided_unread(event, ada, tess):
    taken_out = out(event, ada.member, tess)
    removal.ask(event, ada.member, "Please", by=ada.member, at=LATER)

    with pytest.raises(AskedMeanwhile):
        removal.look_again(taken_out, "So", lifts=True, by=people.admin(), at=LATER)


def test_who_hosts_and_is_out_sees_no_recordings(event, tess):
    session, member = make.workshop(event), make.member("Hana")
    make.host(session, member=member)
    assert access_to_recordings.sees_recordings(event, member)

    out(event, member, tess)

    assert not access_to_recordings.sees_recordings(event, member)
    assert not joining_details.is_contributor(session, member)

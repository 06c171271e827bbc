"""What was arranged for a host and is needed no more is stopped by the team, and names no more than that."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.acts import Act
from audit.models import Entry
from events.models import Contributor, Event, SessionContributor
from hosting import need_stops, own_needs, withdrawing
from hosting.access import Reader
from hosting.models import HostNeed, HostNeedToStop
from members.privacy import erasure
from tests import make
from tests.contracts import people
from tests.hosting.conftest import Hosted
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
HANA = Reader(address="hana@hosts.example")
LATER = NOW + timedelta(hours=1)


def tell(hosted: Hosted, *kinds: str, words: str = "", reader: Reader = HANA) -> None:
    own_needs.tell(hosted.event, reader, kinds=kinds, words=words, may_keep=True, at=LATER)


@pytest.fixture
def arranged(hosted):
    """Captions and a chair, both arranged by Tess; slides are asked for."""
    tess = make.member("Tess")
    for kind, words in (("captions", ""), ("other", "A chair"), ("slides", "")):
        make.host_need(hosted.hana, hosted.event, kind, words)
    HostNeed.objects.exclude(kind="slides").update(arranged_at=NOW, arranged_by=tess)
    return hosted


def to_stop() -> list[tuple[str, str]]:
    """Whose, and what."""
    rows = HostNeedToStop.objects.order_by("kind").select_related("contributor")
    return [(one.contributor.name if one.contributor else "", one.kind) for one in rows]


def test_what_a_host_takes_out_is_to_be_stopped_where_it_was_arranged(arranged):
    tell(arranged)

    assert to_stop() == [("Hana", "captions"), ("Hana", "other")]
    assert {one.owner.name for one in HostNeedToStop.objects.all() if one.owner} == {"Tess"}
    assert "chair" not in str(HostNeedToStop.objects.values())


def test_what_stays_is_not_to_be_stopped(arranged):
    tell(arranged, "captions", words="A chair")

    assert to_stop() == []
    assert HostNeed.objects.filter(arranged_at=NOW).count() == 2


def test_what_is_told_otherwise_is_new_and_says_that_it_was_arranged(arranged):
    tell(arranged, "captions", "slides", words="Two chairs")

    need = HostNeed.objects.get(kind="other")
    assert (need.words, need.arranged_at, need.rearranged_at) == ("Two chairs", None, LATER)
    assert to_stop() == []


def test_who_asks_for_the_same_again_has_nothing_to_stop(arranged):
    tell(arranged)
    tell(arranged, "captions")

    need = HostNeed.objects.get()
    assert (need.kind, need.arranged_at, need.rearranged_at) == ("captions", None, LATER)
    assert to_stop() == [("Hana", "other")]


def test_a_host_who_withdraws_leaves_what_was_arranged_to_be_stopped_and_waits_for_nothing(arranged):
    withdrawing.withdraw(arranged.session, HANA, at=LATER)

    assert to_stop() == [("Hana", "captions"), ("Hana", "other")]
    assert not HostNeed.objects.exists()
    assert own_needs.waiting(at=LATER) == []


def test_who_still_hosts_another_session_keeps_what_they_need(arranged):
    other = make.workshop(arranged.event, hour=17)
    SessionContributor.objects.create(session=other, contributor=arranged.hana)

    withdrawing.withdraw(arranged.session, HANA, at=LATER)

    assert (HostNeed.objects.count(), to_stop()) == (3, [])


def test_who_is_taken_out_by_the_team_leaves_it_to_the_sweep(arranged):
    SessionContributor.objects.all().delete()

    own_needs.forget(at=LATER)

    assert to_stop() == [("Hana", "captions"), ("Hana", "other")]


@pytest.mark.parametrize("acts", ["the sweep", "the new host"])
def test_of_a_record_that_is_somebody_elses_by_now_it_names_nobody(arranged, acts):
    Contributor.objects.filter(pk=arranged.hana.pk).update(name="Nora", email="nora@hosts.example")

    if acts == "the sweep":
        own_needs.forget(at=LATER)
    else:
        tell(arranged, "slides", reader=Reader(address="nora@hosts.example"))

    assert to_stop() == [("", "captions"), ("", "other")]


def test_of_a_host_who_is_erased_it_names_nobody(arranged):
    hana = make.member("Hana", email="hana@hosts.example")
    Contributor.objects.filter(pk=arranged.hana.pk).update(member=hana)

    erasure.erase(hana, by=make.member("Root", is_staff=True, is_superuser=True), at=LATER)

    assert to_stop() == [("", "captions"), ("", "other")]


def test_of_an_event_that_is_over_nothing_is_to_be_stopped(arranged):
    over = NOW.date() - timedelta(days=40)
    Event.objects.update(first_day=over, last_day=over)
    HostNeedToStop.objects.create(event=arranged.event, kind="captions", withdrawn_at=NOW)

    before = need_stops.of(Event.objects.get(), at=NOW)
    own_needs.forget(at=NOW)

    assert before == []
    assert to_stop() == []


def test_the_team_sees_what_it_is_by_a_recorded_press_and_stops_it_once(arranged):
    tell(arranged)
    desk = people.reader(people.staff("Event admin"))
    path = f"/team/events/{arranged.event.slug}/host-needs/"

    front, before = desk.get("/team/").text, desk.get(path).text
    after = desk.post(path).text
    row = HostNeedToStop.objects.get(kind="captions")
    pressed = [desk.post(f"{path}{row.pk}/stopped/", follow=True).text for _ in range(2)]

    assert "2 things were arranged for hosts who need them no more" in front
    assert ("Hana" in before, "Live captions" in before, "Live captions" in after) == (True, False, True)
    assert Entry.objects.filter(act=Act.NEEDS_OF_HOST_SEEN, thing_id=arranged.hana.pk).count() == 1
    assert "Stopped. It is kept no longer." in pressed[0]
    assert "A colleague has stopped it" in pressed[1]
    assert to_stop() == [("Hana", "other")]
    assert Entry.objects.filter(act=Act.NEED_OF_HOST_STOPPED).count() == 1


def test_it_is_stopped_at_its_own_event_only(arranged):
    tell(arranged)
    other = make.event(slug="2027")
    row = HostNeedToStop.objects.earliest("pk")

    with pytest.raises(need_stops.NothingToStop):
        need_stops.stop(row.pk, event=other, by=make.member("Sam"), at=NOW)


def test_the_database_refuses_to_stop_one_thing_twice(arranged):
    tell(arranged)
    row = {"event": arranged.event, "contributor": arranged.hana, "kind": "captions", "withdrawn_at": NOW}

    with pytest.raises(IntegrityError), transaction.atomic():
        HostNeedToStop.objects.create(**row)


def test_who_hosts_under_two_records_and_saves_what_the_page_shows_changes_nothing(arranged):
    hana = make.member("Hana", email="hana@hosts.example")
    other = make.host(make.workshop(arranged.event, hour=17), "H. Field", member=hana)
    make.invited(other, arranged.event)
    make.host_need(other, arranged.event, "other", "A desk")
    reader = Reader(member=hana)
    rows = list(HostNeed.objects.order_by("pk").values())
    shown = own_needs.words_of(own_needs.of_reader(arranged.event, reader, at=LATER))

    tell(arranged, "captions", "slides", words=shown, reader=reader)

    assert shown == "A chair\nA desk"
    assert list(HostNeed.objects.order_by("pk").values()) == rows

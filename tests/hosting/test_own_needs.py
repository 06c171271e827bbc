"""What hosts need themselves is kept with their consent, read by few, and forgotten after the event."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from audit.acts import Act
from audit.models import Entry
from events.models import Contributor, SessionContributor
from hosting import own_needs
from hosting.access import NotTheirs, Reader
from hosting.models import HostNeed
from hosting.own_needs import NeedOfHostChanged, NoConsent
from tests import make
from tests.contracts import people
from tests.hosting.conftest import Hosted, shown
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
HANA = Reader(address="hana@hosts.example")
LAST_DAY = datetime(2026, 11, 19, tzinfo=UTC)


def tell(hosted: Hosted, *kinds: str, words: str = "", may_keep: bool = True, at: datetime = NOW) -> None:
    own_needs.tell(hosted.event, HANA, kinds=kinds, words=words, may_keep=may_keep, at=at)


def kept() -> dict[str, str]:
    return {one.kind: one.words for one in HostNeed.objects.all()}


def test_a_host_without_an_account_tells_it_before_they_agree_to_anything_else(hosted):
    client = Client()
    shown(client, hosted)
    told = {"kinds": ["captions", "rehearsal"], "needs": "A chair", "may_keep": "on"}

    page = client.post(f"{hosted.path}my-needs/", told, follow=True).content.decode()

    assert "Saved." in page
    assert page.count("Not arranged yet") == 3
    assert kept() == {"captions": "", "rehearsal": "", "other": "A chair"}


def test_nothing_is_kept_without_consent_and_what_was_typed_stays(hosted):
    client = Client()
    shown(client, hosted)

    page = client.post(
        f"{hosted.path}my-needs/", {"kinds": ["captions"], "needs": "A chair"}
    ).content.decode()

    assert "Tick that we may keep this" in page
    assert "A chair" in page
    assert not HostNeed.objects.exists()
    with pytest.raises(NoConsent):
        tell(hosted, "captions", may_keep=False)


def test_telling_nothing_takes_all_out_without_asking_for_consent(hosted):
    tell(hosted, "captions", words="A chair")

    tell(hosted, may_keep=False)

    assert not HostNeed.objects.exists()
    assert Entry.objects.filter(act=Act.NEEDS_OF_HOST_TAKEN_OUT).count() == 1


def test_what_stays_stays_arranged_and_what_is_written_anew_begins_anew(hosted):
    tell(hosted, "captions", words="A chair")
    HostNeed.objects.update(arranged_at=NOW)

    tell(hosted, "captions", words="Two chairs", at=NOW + timedelta(hours=1))

    assert {one.kind: one.arranged_at for one in HostNeed.objects.all()} == {"captions": NOW, "other": None}


def test_who_hosts_nothing_tells_nothing_and_reads_nothing(hosted):
    mallory = Reader(address="mallory@example.org")

    with pytest.raises(NotTheirs):
        own_needs.tell(hosted.event, mallory, kinds=[], words="x", may_keep=True, at=NOW)
    with pytest.raises(NotTheirs):
        own_needs.of_reader(hosted.event, mallory, at=NOW)


def test_another_host_does_not_read_it(hosted):
    tell(hosted, words="A chair")
    ola = make.host(hosted.session, "Ola", email="ola@hosts.example")
    make.invited(ola, hosted.event)

    assert own_needs.of_reader(hosted.event, Reader(address="ola@hosts.example"), at=NOW) == []


def test_the_team_sees_who_and_by_a_press_what_and_each_look_is_recorded(hosted, admin):
    tell(hosted, words="A chair")
    path = f"/team/events/{hosted.event.slug}/host-needs/"

    page = admin.get(path).content.decode()
    assert "Hana" in page
    assert "A chair" not in page
    assert not Entry.objects.filter(act=Act.NEEDS_OF_HOST_SEEN).exists()

    assert "A chair" in admin.post(path).content.decode()
    seen = Entry.objects.get(act=Act.NEEDS_OF_HOST_SEEN)
    assert (seen.thing_id, seen.actor_id) == (hosted.hana.pk, int(admin.session["_auth_user_id"]))


@pytest.mark.parametrize("group", ["Moderator", "Blog editor"])
def test_who_may_not_see_access_needs_sees_none_of_it(hosted, group):
    tell(hosted, words="A chair")
    path = f"/team/events/{hosted.event.slug}/host-needs/"
    client = people.reader(people.staff(group))

    assert client.get(path).status_code == client.post(path).status_code == 403
    pk = HostNeed.objects.get().pk
    assert client.post(f"{path}{pk}/arranged/", {"seen": "x"}).status_code == 403


def test_one_press_arranges_it_and_the_host_reads_that(hosted, admin):
    tell(hosted, words="A chair")
    need = HostNeed.objects.get()
    path = f"/team/events/{hosted.event.slug}/host-needs/{need.pk}/arranged/"
    assert "1 host needs something" in admin.get("/team/").content.decode()

    assert "Marked as arranged" in admin.post(path, {"seen": need.seen}, follow=True).content.decode()

    assert "needs something" not in admin.get("/team/").content.decode()
    client = Client()
    shown(client, hosted)
    assert "Arranged" in client.get(f"{hosted.path}my-needs/").content.decode()


def test_what_was_told_anew_is_not_arranged_unseen(hosted):
    tell(hosted, words="A chair")
    looked = HostNeed.objects.get()
    tell(hosted, words="No chair", at=NOW + timedelta(hours=1))

    for pk in (looked.pk, HostNeed.objects.get().pk):
        with pytest.raises(NeedOfHostChanged):
            own_needs.arrange(pk, seen=looked.seen, by=make.member("Tess"), at=NOW)

    assert HostNeed.objects.get().arranged_at is None


def test_it_is_forgotten_thirty_days_after_the_event(hosted):
    tell(hosted, "captions")

    assert own_needs.forget(at=LAST_DAY + timedelta(days=30)) == 0
    assert own_needs.forget(at=LAST_DAY + timedelta(days=31)) == 1
    assert not HostNeed.objects.exists()
    assert Entry.objects.filter(act=Act.NEEDS_OF_HOST_FORGOTTEN).count() == 1


def test_who_hosts_nothing_any_more_is_forgotten_at_once(hosted):
    tell(hosted, "captions")
    SessionContributor.objects.all().delete()

    assert own_needs.forget(at=NOW) == 1


def test_the_database_keeps_own_words_to_their_kind(hosted):
    row = {"event": hosted.event, "contributor": hosted.hana, "told_at": NOW}
    for wrong in ({"kind": "other"}, {"kind": "captions", "words": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HostNeed.objects.create(**row, **wrong)
    HostNeed.objects.create(**row, kind="captions")
    with pytest.raises(IntegrityError), transaction.atomic():
        HostNeed.objects.create(**row, kind="captions")


@pytest.mark.parametrize("is_account", [True, False])
def test_whoever_is_given_the_record_of_a_host_reads_nothing_of_what_that_one_told(hosted, is_account):
    tell(hosted, "captions", words="My left ear")
    nora = make.member("Nora", email="nora@hosts.example")
    given = {"member": nora} if is_account else {"email": nora.email}
    Contributor.objects.filter(pk=hosted.hana.pk).update(**given)
    after = Reader(member=nora) if is_account else Reader(address=nora.email)

    read = own_needs.of_reader(hosted.event, after, at=NOW)
    listed, waits = list(own_needs.told(hosted.event)), own_needs.waiting(at=NOW)
    own_needs.tell(hosted.event, after, kinds=["captions"], words="", may_keep=True, at=NOW)

    assert (read, listed, waits) == ([], [], [])
    assert kept() == {"captions": ""}
    assert [one.kind for one in own_needs.of_reader(hosted.event, after, at=NOW)] == ["captions"]


def test_a_host_who_gets_an_account_with_that_address_still_reads_what_they_told(hosted):
    tell(hosted, "captions")
    hana = make.member("Hana", email="hana@hosts.example")
    Contributor.objects.filter(pk=hosted.hana.pk).update(member=hana)

    read = own_needs.of_reader(hosted.event, Reader(member=hana), at=NOW)

    assert [one.kind for one in read] == ["captions"]


def test_what_was_told_behind_a_record_before_is_erased_by_the_sweep(hosted):
    tell(hosted, "captions")
    Contributor.objects.filter(pk=hosted.hana.pk).update(email="new@hosts.example")

    assert own_needs.forget(at=NOW) == 1
    assert not HostNeed.objects.exists()

"""Hosts write other words for their session until a day; members read them once the team has taken them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from audit.acts import Act
from audit.models import Entry
from events.models import Event, Session
from hosting import agreeing, words
from hosting.access import NotTheirs, Reader
from hosting.models import Rewording
from hosting.people import NotAgreed
from hosting.words import RewordingChanged, WordsClosed, WordsHaveChanged
from members.models import Member
from notifications.models import Message
from tests import make
from tests.hosting.conftest import Hosted, entered
from tests.make import BY, NOW
from workshops.programme.changes import save_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
HANA = Reader(address="hana@hosts.example")
WANTED = {"summary": "We draw.", "description": "Bring a pen.\n\n- And paper", "ground_rules": "Listen."}


def written(hosted: Hosted, **wanted: str) -> Rewording:
    """Words of Hana that wait."""
    agreeing.agree(hosted.event, HANA, at=NOW)
    there = words.words_of(hosted.session)
    told = words.change(hosted.session, HANA, there.wanted | WANTED | wanted, seen=there.seen, at=NOW)
    assert told is not None
    return told


def seen(hosted: Hosted) -> str:
    """What the team is shown now."""
    return words.words_of(Session.objects.get(pk=hosted.session.pk)).seen


def said(hosted: Hosted) -> tuple[str, str, str]:
    """What everybody reads of the session."""
    row = Session.objects.get(pk=hosted.session.pk)
    return row.summary, row.description, row.ground_rules


@pytest.fixture
def sam() -> Member:
    """One of the team."""
    return make.member("Sam")


def test_what_a_host_writes_is_read_by_members_once_the_team_has_taken_it(hosted, sam):
    path, client = hosted.session.get_absolute_url(), entered(hosted)
    page = client.get(f"{hosted.page}words/")
    form = page.context["form"].initial
    client.post(f"{hosted.page}words/", form | WANTED)
    assert "We draw." not in Client().get(path).content.decode()

    words.take(Rewording.objects.get().pk, seen=seen(hosted), by=sam, at=NOW)

    public = Client().get(path).content.decode()
    assert all(text in public for text in ("We draw.", "<p>Bring a pen.</p>", "And paper", "Listen."))
    assert Session.objects.filter(search="draw").exists()


def test_taking_mails_nobody_and_the_programme_is_made_anew(hosted, sam):
    told, before = written(hosted), Event.objects.get(pk=hosted.event.pk).version
    sequence = hosted.session.sequence
    Message.objects.all().delete()

    words.take(told.pk, seen=seen(hosted), by=sam, at=NOW)

    assert not Message.objects.exists()
    assert Event.objects.get(pk=hosted.event.pk).version > before
    assert Session.objects.get(pk=hosted.session.pk).sequence == sequence


def test_only_an_agreed_host_of_the_session_writes(hosted):
    there = words.words_of(hosted.session)
    with pytest.raises(NotAgreed):
        words.change(hosted.session, HANA, WANTED, seen=there.seen, at=NOW)
    with pytest.raises(NotTheirs):
        words.change(hosted.session, Reader(address="m@example.org"), WANTED, seen=there.seen, at=NOW)
    assert not Rewording.objects.exists()


def test_it_closes_seven_days_before_or_at_the_end_of_the_day_that_the_team_says(hosted):
    zone = hosted.event.zone
    assert words.closes_at(hosted.event) == datetime(2026, 11, 12, 0, 0, tzinfo=zone)

    hosted.event.host_words_until = date(2026, 11, 15)
    last = datetime(2026, 11, 15, 23, 59, 59, tzinfo=zone)
    assert words.may_change(Session(event=hosted.event), last)
    assert not words.may_change(Session(event=hosted.event), last + timedelta(seconds=1))


def test_afterwards_nothing_is_saved_and_the_page_says_whom_to_write_to(hosted):
    client = entered(hosted)
    form = client.get(f"{hosted.page}words/").context["form"].initial
    Event.objects.update(host_words_until=date(2026, 11, 1))

    page = client.post(f"{hosted.page}words/", form | WANTED).content.decode()

    assert "cannot be changed here any more" in page
    assert "until the end of Sunday 1 November (UK and Ireland time)" in page
    assert "Write to the team" in page
    assert not Rewording.objects.exists()


def test_a_cancelled_session_keeps_its_words(hosted):
    agreeing.agree(hosted.event, HANA, at=NOW)
    row = Session.objects.get(pk=hosted.session.pk)
    row.status = Session.Status.CANCELLED
    save_session(row, by=BY, at=NOW)

    with pytest.raises(WordsClosed):
        words.change(row, HANA, WANTED, seen=seen(hosted), at=NOW)


def test_who_saves_after_another_loses_nothing_and_sees_what_the_other_wrote(hosted):
    client = entered(hosted)
    form = client.get(f"{hosted.page}words/").context["form"].initial
    row = Session.objects.get(pk=hosted.session.pk)
    row.summary = "The team wrote this."
    save_session(row, by=BY, at=NOW)

    answer = client.post(f"{hosted.page}words/", form | WANTED)

    page = answer.content.decode()
    assert "Nothing is saved yet" in page
    assert "The team wrote this." in page
    assert "Bring a pen." in page
    assert not Rewording.objects.exists()
    again = WANTED | {"seen": answer.context["form"]["seen"].value()}
    assert client.post(f"{hosted.page}words/", again).status_code == 302
    assert Rewording.objects.get().summary == "We draw."


def test_two_hosts_of_a_session_have_one_change_that_waits(hosted):
    ola = make.host(hosted.session, "Ola", email="ola@hosts.example")
    make.invited(ola, hosted.event)
    make.agreed(ola, hosted.event)
    there = words.words_of(hosted.session)
    written(hosted)
    reader = Reader(address="ola@hosts.example")
    with pytest.raises(WordsHaveChanged):
        words.change(hosted.session, reader, there.wanted | {"summary": "Ola"}, seen=there.seen, at=NOW)

    now = words.words_of(hosted.session)
    words.change(hosted.session, reader, now.wanted | {"summary": "Both"}, seen=now.seen, at=NOW)

    told = Rewording.objects.get()
    assert (told.summary, told.ground_rules, told.host) == ("Both", "Listen.", ola)


def test_who_writes_what_the_session_says_takes_their_words_back(hosted):
    written(hosted)
    there = words.words_of(hosted.session)

    assert words.change(hosted.session, HANA, there.now, seen=there.seen, at=NOW) is None

    assert not Rewording.objects.exists()
    assert Entry.objects.filter(act=Act.HOST_UNWORDED).count() == 1


def test_saving_the_same_again_is_one_change(hosted):
    told = written(hosted)
    there = words.words_of(hosted.session)

    again = words.change(hosted.session, HANA, there.wanted, seen=there.seen, at=NOW)

    assert again is not None
    assert (again.pk, again.version) == (told.pk, 1)
    assert Entry.objects.filter(act=Act.HOST_REWORDED).count() == 1


def test_who_saves_the_form_as_it_is_shown_changes_nothing(hosted):
    fields = {
        "summary": " Two  spaces\nand a line",
        "description": "One\r\n two  \n\n",
        "ground_rules": "\nA",
    }
    Session.objects.update(**fields)
    client = entered(hosted)
    form = client.get(f"{hosted.page}words/").context["form"].initial

    page = client.post(f"{hosted.page}words/", form, follow=True).content.decode()

    assert not Rewording.objects.exists()
    assert "so nothing waits" in page
    assert "The team sees it first;" not in page


def test_the_host_reads_that_the_session_says_it_while_it_does(hosted, sam):
    told, client = written(hosted), entered(hosted)
    row = words.take(told.pk, seen=seen(hosted), by=sam, at=NOW)
    pages = [client.get(f"{hosted.page}words/").content.decode()]

    row.summary = "The team wrote this."
    save_session(row, by=BY, at=NOW)
    pages.append(client.get(f"{hosted.page}words/").content.decode())

    assert ["page says it" in page for page in pages] == [True, False]
    assert "has written something else since" in pages[1]


def test_only_what_the_host_changed_is_taken(hosted, sam):
    told = written(hosted, description="", ground_rules="")
    row = Session.objects.get(pk=hosted.session.pk)
    row.description = "The team wrote this meanwhile."
    save_session(row, by=BY, at=NOW)

    words.take(told.pk, seen=seen(hosted), by=sam, at=NOW)

    assert said(hosted) == ("We draw.", "The team wrote this meanwhile.", "")


@pytest.mark.parametrize("act", [words.take, words.leave])
def test_what_was_not_looked_at_is_not_decided(hosted, sam, act):
    told, before = written(hosted), said(hosted)
    looked = seen(hosted)
    there = words.words_of(hosted.session)
    words.change(hosted.session, HANA, there.wanted | {"summary": "Other"}, seen=there.seen, at=NOW)

    with pytest.raises(RewordingChanged):
        act(told.pk, seen=looked, by=sam, at=NOW)

    assert said(hosted) == before
    assert Rewording.objects.get().is_waiting


def test_it_is_decided_once(hosted, sam):
    told, looked = written(hosted), seen(hosted)
    words.leave(told.pk, seen=looked, by=sam, at=NOW)

    for act in (words.take, words.leave):
        with pytest.raises(RewordingChanged):
            act(told.pk, seen=looked, by=sam, at=NOW)

    assert Rewording.objects.get().state == Rewording.State.LEFT


def test_what_was_taken_is_put_back_by_one_press(hosted, sam):
    before = said(hosted)
    told = written(hosted)
    words.take(told.pk, seen=seen(hosted), by=sam, at=NOW)

    words.put_back(told.pk, by=sam, at=NOW)

    assert said(hosted) == before
    with pytest.raises(RewordingChanged):
        words.put_back(told.pk, by=sam, at=NOW)


def test_what_somebody_has_changed_since_is_not_put_back(hosted, sam):
    told = written(hosted)
    words.take(told.pk, seen=seen(hosted), by=sam, at=NOW)
    row = Session.objects.get(pk=hosted.session.pk)
    row.summary = "Better still."
    save_session(row, by=BY, at=NOW)

    with pytest.raises(RewordingChanged):
        words.put_back(told.pk, by=sam, at=NOW)

    assert said(hosted)[0] == "Better still."


def test_the_database_lets_one_change_of_a_session_wait(hosted):
    Rewording.objects.create(session=hosted.session, written_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rewording.objects.create(session=hosted.session, written_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rewording.objects.create(session=hosted.session, written_at=NOW, state="taken")


def test_they_are_forgotten_ninety_days_after_the_event(hosted):
    written(hosted)
    last = datetime(2026, 11, 19, tzinfo=UTC)

    assert words.forget(at=last + timedelta(days=90)) == 0
    assert words.forget(at=last + timedelta(days=91)) == 1

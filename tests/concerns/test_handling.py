"""What readers do with a concern: nobody else does, each reading is recorded, and who was slower is told."""

from datetime import timedelta

import pytest

from audit.acts import Act
from audit.models import Entry
from common.personal_data.registry import Person
from concerns import handling, personal_data, reporting
from concerns.models import Concern, Remark
from concerns.refusals import ChangedMeanwhile, LongEnough, NotAnswered, NotNamed, NotYours
from notifications.models import Message
from tests import make
from tests.concerns import reports
from tests.contracts import people
from tests.found import found
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)


@pytest.fixture
def event():
    return make.event(slug="2026")


@pytest.fixture
def team(event):
    """Rita and Sam, who read concerns."""
    return reports.named(event)


@pytest.fixture
def rita(team):
    return team[0]


@pytest.fixture
def sam(team):
    return team[1]


def test_each_reading_is_recorded_and_the_first_makes_it_read(event, rita, sam):
    concern = reports.reported(event)

    handling.read(concern.pk, by=rita, at=LATER)
    handling.read(concern.pk, by=sam, at=LATER)

    concern.refresh_from_db()
    assert concern.status == "read"
    read = Entry.objects.filter(act=Act.CONCERN_READ).order_by("pk")
    assert [one.actor_id for one in read] == [rita.pk, sam.pk]
    assert {str(one.facts) for one in read} == {"{}"}


def test_an_admin_to_whom_it_was_not_sent_reads_nothing(event, team):
    root, concern = people.admin(), reports.reported(event)

    assert list(handling.readable(root)) == []
    for act in (
        lambda: handling.read(concern.pk, by=root, at=LATER),
        lambda: handling.answer(concern.pk, "I know.", seen=1, by=root, at=LATER),
        lambda: handling.note(concern.pk, "I know.", seen=1, by=root, at=LATER),
        lambda: handling.close(concern.pk, seen=1, by=root, at=LATER),
        lambda: handling.pass_on(concern.pk, root, by=root, at=LATER),
    ):
        with pytest.raises(NotYours):
            act()


def test_who_was_left_out_reads_nothing_and_nobody_can_pass_it_on_to_them(event, rita, sam):
    concern = reports.reported(event, left_out=rita.pk)

    with pytest.raises(NotYours):
        handling.read(concern.pk, by=rita, at=LATER)
    with pytest.raises(NotNamed):
        handling.pass_on(concern.pk, rita, by=sam, at=LATER)
    assert list(handling.readable(rita)) == []


def test_who_is_named_later_reads_what_comes_later_until_somebody_passes_it_on(event, rita):
    concern, tim = reports.reported(event), make.member("Tim", is_staff=True)
    with pytest.raises(NotNamed):
        handling.pass_on(concern.pk, tim, by=rita, at=LATER)
    event.concern_readers.create(member=tim)
    assert list(handling.readable(tim)) == []

    handling.pass_on(concern.pk, tim, by=rita, at=LATER)

    assert list(handling.readable(tim)) == [concern]
    assert Entry.objects.get(act=Act.CONCERN_PASSED_ON).facts == {"other": tim.pk}


def test_who_has_left_the_team_reads_nothing(event, rita):
    concern = reports.reported(event)
    rita.is_staff = False
    rita.save()

    assert list(handling.readable(rita)) == []
    with pytest.raises(NotYours):
        handling.read(concern.pk, by=rita, at=LATER)


def test_an_answer_is_read_with_the_code_and_no_note_is(event, rita):
    code = reporting.report(event, reports.told(event), at=NOW)
    concern = Concern.objects.get()

    handling.note(concern.pk, "It is Bo again.", seen=1, by=rita, at=LATER)
    handling.answer(concern.pk, "We spoke with him.", seen=2, by=rita, at=LATER)

    read = reporting.by_code(code, at=LATER)
    assert read.status == "answered"
    assert [one.words for one in read.remarks.all() if one.kind == Remark.Kind.ANSWER] == [
        "We spoke with him."
    ]


def test_who_gave_their_name_and_asked_for_it_is_emailed_without_a_word_of_it(event, rita):
    ada = make.member("Ada")
    named = reports.reported(event, reporter=ada, wants="email")
    reports.reported(event, "Another")

    handling.answer(named.pk, "We spoke with him.", seen=1, by=rita, at=LATER)

    message = Message.objects.get(kind="answer-waits")
    assert (message.member, message.payload) == (ada, {"event": event.pk})


def test_who_answers_second_is_told_and_changes_nothing(event, rita, sam):
    concern = reports.reported(event)
    handling.answer(concern.pk, "We spoke with him.", seen=1, by=rita, at=LATER)

    with pytest.raises(ChangedMeanwhile):
        handling.answer(concern.pk, "We did nothing.", seen=1, by=sam, at=LATER)
    with pytest.raises(ChangedMeanwhile):
        handling.close(concern.pk, seen=1, by=sam, at=LATER)

    assert [one.words for one in concern.remarks.all()] == ["We spoke with him."]


def test_what_was_promised_an_answer_is_not_closed_without_one(event, rita):
    concern = reports.reported(event)

    with pytest.raises(NotAnswered):
        handling.close(concern.pk, seen=1, by=rita, at=LATER)
    handling.note(concern.pk, "Rang her.", seen=1, is_answer=True, by=rita, at=LATER)
    handling.close(concern.pk, seen=2, by=rita, at=LATER)

    concern.refresh_from_db()
    assert concern.status == "closed"


def test_what_looks_like_spam_and_what_wants_no_answer_is_closed_at_once(event, rita):
    for concern in (reports.reported(event, is_suspected=True), reports.reported(event, wants="nothing")):
        handling.close(concern.pk, seen=1, by=rita, at=LATER)

    assert set(Concern.objects.values_list("status", flat=True)) == {"closed"}


def test_more_words_open_it_again_with_a_new_day_and_tell_the_readers(event, rita):
    concern = reports.reported(event)
    handling.answer(concern.pk, "We spoke with him.", seen=1, by=rita, at=LATER)
    promised = found(concern.answer_by)

    after = reporting.write_more(concern, "He did it again.", at=NOW + timedelta(days=7, minutes=20))

    assert (after.status, after.version) == ("new", 3)
    assert after.answer_by == promised + timedelta(days=7)
    assert after.changed_at == NOW + timedelta(days=7)  # whole hours, without a name
    assert Message.objects.filter(kind="concern-came", member=rita).count() == 2
    entry = Entry.objects.get(act=Act.CONCERN_ADDED_TO)
    assert (entry.actor_id, entry.member_id) == (None, None)


def test_more_words_pressed_twice_are_one(event, rita):
    concern = reports.reported(event)

    for _ in range(2):
        reporting.write_more(concern, "He did it again.", at=LATER)

    assert concern.remarks.count() == 1


def test_nobody_writes_without_end(event, team, monkeypatch):
    monkeypatch.setattr(reporting, "MOST_REMARKS", 1)
    concern = reports.reported(event)
    reporting.write_more(concern, "One.", at=LATER)

    with pytest.raises(LongEnough):
        reporting.write_more(concern, "Two.", at=LATER)


def test_a_year_after_the_last_word_all_of_it_is_erased(event, rita):
    concern = reports.reported(event)
    handling.answer(concern.pk, "We spoke with him.", seen=1, by=rita, at=LATER)

    handling.forget(at=LATER + handling.KEPT - timedelta(seconds=1))
    assert Concern.objects.exists()
    handling.forget(at=LATER + handling.KEPT)

    assert not Concern.objects.exists()
    assert not Remark.objects.exists()


def test_late_is_what_was_promised_earlier_and_has_no_answer(event, rita):
    concern = reports.reported(event)
    promised = found(concern.answer_by)
    after = promised + timedelta(minutes=1)

    assert list(Concern.objects.late(promised)) == []
    assert list(Concern.objects.late(after)) == [concern]
    handling.answer(concern.pk, "Sorry.", seen=1, by=rita, at=after)
    assert list(Concern.objects.late(after)) == []


def test_who_is_erased_is_named_by_their_concern_no_more_and_it_stays(event, team):
    ada = make.member("Ada")
    reports.reported(event, reporter=ada, wants="email")

    personal_data._unname(Person(ada.pk, ada.name), by=BY, at=LATER)

    kept = Concern.objects.get()
    assert (kept.reporter, kept.wants, kept.what) == (None, "code", "He shouted at her.")


def test_what_nobody_can_read_any_more_is_given_to_who_reads_now_and_never_to_who_was_left_out(
    event, rita, sam
):
    concern = reports.reported(event, left_out=rita.pk)
    sam.is_staff = False
    sam.save()
    assert list(handling.stranded()) == [concern]
    tim = make.member("Tim", is_staff=True)
    event.concern_readers.create(member=tim)
    Message.objects.all().delete()

    assert handling.give(event, by=tim, at=LATER) == 1

    assert list(handling.readable(tim)) == [concern]
    assert list(handling.readable(rita)) == []
    assert list(Message.objects.values_list("member", flat=True)) == [tim.pk]
    assert list(handling.stranded()) == []


def test_whom_it_is_passed_on_to_is_emailed(event, rita):
    concern, tim = reports.reported(event), make.member("Tim", is_staff=True)
    event.concern_readers.create(member=tim)

    handling.pass_on(concern.pk, tim, by=rita, at=LATER)

    assert Message.objects.filter(kind="concern-came", member=tim).count() == 1


def test_what_is_added_within_the_hour_of_an_answer_stands_below_it(event, rita):
    concern = reports.reported(event)
    handling.answer(concern.pk, "Sorry.", seen=1, by=rita, at=NOW + timedelta(minutes=5))

    reporting.write_more(concern, "And again.", at=NOW + timedelta(minutes=40))

    assert [one.words for one in concern.remarks.all()] == ["Sorry.", "And again."]


def test_that_somebody_was_emailed_goes_with_it(event, rita):
    reports.reported(event)

    handling.forget(at=LATER + handling.KEPT)

    assert not Message.objects.exists()


def test_who_comes_back_with_a_code_is_no_program(event, rita):
    concern = reports.reported(event, is_suspected=True)

    reporting.write_more(concern, "Please read it.", at=LATER)

    concern.refresh_from_db()
    assert not concern.is_suspected
    assert Message.objects.filter(kind="concern-came").count() == 2

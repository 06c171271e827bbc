"""Reporting a concern: what is kept and what is not, who reads it, the code, and floods."""

from datetime import datetime, timedelta

import pytest

from audit.acts import Act
from audit.models import Entry
from concerns import codes, readers, reporting
from concerns.models import Concern, Recipient
from concerns.refusals import NobodyReads, OthersRead, TooManyCodes, TooManyConcerns, WrongCode
from members.models import Attempts
from notifications.models import Message
from tests import make
from tests.concerns import reports
from tests.contracts import people
from tests.found import found
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make.event(slug="2026")


@pytest.fixture
def team(event):
    """Rita and Sam, who read concerns."""
    return reports.named(event)


def mailed(kind="concern-came"):
    return sorted(Message.objects.filter(kind=kind).values_list("member__name", flat=True))


def test_it_goes_to_those_who_are_named_and_each_is_emailed_without_a_word_of_it(event, team):
    concern = reports.reported(event)

    assert [one.member for one in concern.recipients.all()] == team
    assert mailed() == ["Rita", "Sam"]
    assert {str(one.payload) for one in Message.objects.all()} == {f"{{'concern': {concern.pk}}}"}


def test_who_is_left_out_is_not_told_and_is_known_as_left_out_for_ever(event, team):
    concern = reports.reported(event, left_out=team[0].pk)

    assert mailed() == ["Sam"]
    assert list(Concern.objects.read_by(team[0].pk)) == []
    assert list(Concern.objects.read_by(team[1].pk)) == [concern]
    assert Recipient.objects.get(member=team[0]).is_left_out


def test_the_only_reader_cannot_be_left_out_or_nobody_would_read_it(event, team):
    event.concern_readers.filter(member=team[1]).delete()

    concern = reports.reported(event, left_out=team[0].pk)

    assert list(Concern.objects.read_by(team[0].pk)) == [concern]


def test_without_a_name_nothing_of_who_they_are_is_kept_and_of_the_time_only_the_hour(event, team):
    concern = reports.reported(event, at=NOW + timedelta(minutes=37, seconds=5))

    assert concern.reporter is None
    assert concern.created_at == concern.changed_at == NOW
    entry = Entry.objects.get(act=Act.CONCERN_REPORTED)
    assert (entry.actor_id, entry.member_id, entry.via, entry.at) == (None, None, "visitor", NOW)
    assert {one.created_at for one in Message.objects.all()} == {NOW}


def test_with_a_name_those_who_read_it_know_it_and_the_trail_does_not(event, team):
    ada = make.member("Ada")

    concern = reports.reported(event, reporter=ada)

    assert concern.reporter == ada
    entry = Entry.objects.get(act=Act.CONCERN_REPORTED)
    assert (entry.actor_id, entry.member_id) == (None, None)
    assert not Entry.objects.filter(facts__icontains=str(ada.pk), act=Act.CONCERN_REPORTED).exists()


def test_an_answer_is_promised_by_the_evening_of_the_second_working_day(event, team):
    friday = datetime(2026, 11, 6, 15, 20, tzinfo=NOW.tzinfo)

    concern = reports.reported(event, at=friday)

    assert concern.answer_by == datetime(2026, 11, 10, 18, tzinfo=event.zone)


def test_who_wants_no_answer_is_promised_none(event, team):
    assert reports.reported(event, wants="nothing").answer_by is None


def test_pressing_twice_is_one_concern_with_one_code(event, team):
    told = reports.told(event)

    first, second = (reporting.report(event, told, at=NOW) for _ in range(2))

    assert first == second
    assert Concern.objects.count() == 1
    assert mailed() == ["Rita", "Sam"]


def test_neither_the_code_nor_the_form_is_stored(event, team):
    told = reports.told(event)

    code = reporting.report(event, told, at=NOW)

    kept = str(Concern.objects.values().get())
    assert code not in kept
    assert codes.plain(code) not in kept
    assert told.form not in kept


def test_the_code_opens_it_however_it_is_typed(event, team):
    code = reporting.report(event, reports.told(event), at=NOW)

    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert reporting.by_code(typed, at=NOW).what == "He shouted at her."


def test_a_code_opens_after_the_key_of_the_site_was_changed(event, team, settings):
    code = reporting.report(event, reports.told(event), at=NOW)

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-" * 9

    assert reporting.by_code(code, at=NOW).what == "He shouted at her."


def test_wrong_codes_are_counted_for_those_that_begin_alike_and_shut_out_nobody_else(event, team):
    mine = reporting.report(event, reports.told(event), at=NOW)
    begins = "ZZZZ" if not mine.startswith("ZZZZ") else "YYYY"

    for _ in range(codes.WRONG.most):
        with pytest.raises(WrongCode):
            reporting.by_code(f"{begins}-0000", at=NOW)

    with pytest.raises(TooManyCodes):
        reporting.by_code(f"{begins}-0000", at=NOW)
    assert reporting.by_code(mine, at=NOW).what == "He shouted at her."


def test_right_codes_are_never_too_many(event, team):
    code = reporting.report(event, reports.told(event), at=NOW)

    for _ in range(codes.WRONG.most + 2):
        reporting.by_code(code, at=NOW)


def test_what_is_counted_says_nothing_of_where_somebody_is(event, team):
    reporting.report(event, reports.told(event), at=NOW)

    assert [len(one.key) for one in Attempts.objects.all()] == [40]  # a digest of the event alone


def test_a_flood_of_visitors_is_refused_and_whoever_logs_in_is_not(event, team):
    Attempts.objects.create(
        key=reporting.FROM_VISITORS.of(str(event.pk)).key,
        count=reporting.FROM_VISITORS.most,
        ends_at=NOW + timedelta(hours=1),
    )

    with pytest.raises(TooManyConcerns):
        reporting.report(event, reports.told(event), at=NOW)
    reporting.report(event, reports.told(event, is_visitor=False), at=NOW)

    assert Concern.objects.count() == 1


def test_readers_are_not_mailed_without_end(event, team, monkeypatch):
    monkeypatch.setattr(reporting, "MAILED_AN_HOUR", 2)

    for number in range(4):
        reports.reported(event, f"One more: {number}")

    assert Concern.objects.count() == 4
    assert mailed() == ["Rita", "Rita", "Sam", "Sam"]


def test_what_a_program_seems_to_have_sent_is_kept_and_nobody_is_emailed(event, team):
    concern = reports.reported(event, is_suspected=True)

    assert mailed() == []
    assert list(Concern.objects.read_by(team[0].pk)) == [concern]


def test_it_is_refused_where_others_read_it_than_the_page_has_named(event, team):
    told = reports.told(event)
    readers.set_up(event, [team[0], make.member("Tim", is_staff=True)], by=make.BY, at=NOW)

    with pytest.raises(OthersRead):
        reporting.report(event, told, at=NOW)
    assert not Concern.objects.exists()


def test_it_is_refused_where_nobody_reads(event):
    with pytest.raises(NobodyReads):
        reports.reported(event)


def test_who_has_left_the_team_reads_nothing_any_more(event, team):
    team[0].is_staff = False
    team[0].save()

    assert readers.of_event(event) == [team[1]]
    with pytest.raises(readers.ReadersRefused):
        readers.set_up(event, [team[1]], by=make.BY, at=NOW)


def test_events_ahead_with_fewer_than_two_readers_are_known(event):
    assert readers.lacking(at=NOW) == [event]

    rita, _sam = reports.named(event)

    assert readers.lacking(at=NOW) == []
    rita.is_staff = False
    rita.save()
    assert readers.lacking(at=NOW) == [event]


def test_a_stale_page_of_who_reads_is_refused_and_says_who_was_quicker(event, team):
    tess, tim = people.staff("Event admin"), make.member("Tim", is_staff=True)
    seen = readers.as_seen(event)
    readers.set_up(event, [team[1], tim], seen=seen, by=tess, at=NOW)

    with pytest.raises(readers.ReadersRefused, match=tess.name):
        readers.set_up(event, team, seen=seen, by=tim, at=NOW)

    assert readers.of_event(event) == [team[1], tim]


def test_nobody_of_the_team_is_told_whom_these_emails_went_to(event, team):
    reports.reported(event, reporter=make.member("Ada"), wants="email")
    root = people.reader(people.admin())

    html = root.get("/admin/notifications/message/").text
    one = Message.objects.filter(kind="concern-came").first()

    assert "oncern came" not in html
    assert root.get(f"/admin/notifications/message/{found(one).pk}/change/").status_code == 302
    assert {len(message.key) for message in Message.objects.all()} == {32}  # names no concern

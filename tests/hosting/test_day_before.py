"""The day before, hosts are told once what they host tomorrow, with numbers and no names."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from events import cancellation
from events.models import Contributor, Session, SessionContributor
from hosting import day_before
from hosting.models import Deputy
from tests import letters, make
from tests.contracts import people
from tests.make import BY, NOW
from tests.members.merging.bringing import bring_together
from workshops import notices
from workshops.programme.changes import save_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
#: Nine o'clock of the day before the event begins.
NINE = NOW.replace(day=17, hour=9)


def test_a_host_is_told_at_nine_on_the_day_before_and_once(hosted):
    assert day_before.tell(at=NINE - timedelta(minutes=1)) == 0

    for minutes in (0, 5, 600):
        day_before.tell(at=NINE + timedelta(minutes=minutes))

    mail = letters.only(letters.deliver(NINE + timedelta(minutes=600)))
    assert mail.to == ["hana@hosts.example"]
    assert "The huddle" in mail.body
    assert "Booked: 2. Waiting: 0." in mail.body
    assert "Ada" not in mail.body


def test_each_day_tells_its_own_sessions(hosted):
    second = make.workshop(hosted.event, title="On the second day", day=1)
    SessionContributor.objects.create(session=second, contributor=hosted.hana)

    day_before.tell(at=NINE + timedelta(days=1))

    mail = letters.only(letters.deliver(NINE + timedelta(days=1)))
    assert "On the second day" in mail.body
    assert "The huddle" not in mail.body


def test_who_was_not_invited_or_hosts_what_was_cancelled_is_told_nothing(hosted):
    make.host(hosted.session, "Ola", email="ola@hosts.example")
    assert day_before.tell(at=NINE) == 1

    hosted.session.status = "cancelled"
    save_session(hosted.session, by=BY, at=NINE)

    assert not [one for one in letters.deliver(NINE) if "Tomorrow" in one.subject]
    assert day_before.tell(at=NINE) == 0


def plain(email):
    """The text of an email, without the signs around names."""
    return email.body.replace("\u2068", "").replace("\u2069", "")


def named_deputy(hosted, *, agrees=True, email="di@hosts.example"):
    """Di stands in for Hana."""
    di = Contributor.objects.get_or_create(email=email, defaults={"name": "Di"})[0]
    of = SessionContributor.objects.get(session=hosted.session, contributor=hosted.hana)
    Deputy.objects.create(of=of, contributor=di, name="Di", named_at=NOW)
    if agrees:
        make.agreed(di, hosted.event)
    return di


def test_a_deputy_who_has_agreed_is_told_and_that_they_stand_in(hosted):
    named_deputy(hosted)

    day_before.tell(at=NINE)

    mails = {one.to[0]: one for one in letters.deliver(NINE)}
    assert sorted(mails) == ["di@hosts.example", "hana@hosts.example"]
    assert "Tomorrow you are a deputy" in mails["di@hosts.example"].subject
    assert "You host it if Hana cannot." in plain(mails["di@hosts.example"])
    assert "Tomorrow you host" in mails["hana@hosts.example"].subject


@pytest.mark.parametrize("why", ["has not agreed", "host uninvited", "agreed as somebody else"])
def test_a_deputy_who_sees_nothing_is_told_nothing(hosted, why):
    di = named_deputy(hosted, agrees=why != "has not agreed")
    if why == "host uninvited":
        hosted.hana.invitations.all().delete()
    elif why == "agreed as somebody else":
        Contributor.objects.filter(pk=di.pk).update(email="di@new.example")

    day_before.tell(at=NINE)

    assert not [one for one in letters.deliver(NINE) if one.to[0].startswith("di@")]


def test_whoever_hosts_several_sessions_gets_one_letter_a_day(hosted):
    """As host of one by account, of another by a second address of theirs, and as deputy in a third."""
    ada = make.member("Ada Two", email="ada.two@example.org")
    EmailAddress.objects.create(user=ada, email="ada@old.example", verified=True)
    theirs: dict[str, dict[str, Any]] = {
        "By account": {"member": ada, "email": ""},
        "By address": {"email": "Ada@old.example"},
    }
    for title, fields in theirs.items():
        host = make.host(make.workshop(hosted.event, title=title), "Ada", **fields)
        make.invited(host, hosted.event)
    named_deputy(hosted, email="ada.two@example.org")

    told = [day_before.tell(at=NINE + timedelta(minutes=one)) for one in (0, 5)]

    mails = [one for one in letters.deliver(NINE) if one.to != ["hana@hosts.example"]]
    assert told == [2, 2]
    assert [one.to for one in mails] == [["ada.two@example.org"]]
    assert all(title in mails[0].body for title in ("By account", "By address", "The huddle"))


def told_again(address="hana@hosts.example"):
    """The letters of the day before that go there in a later look than the first."""
    day_before.tell(at=NINE + timedelta(hours=1))
    mail = letters.deliver(NINE + timedelta(hours=2))
    return [one for one in mail if "Tomorrow" in one.subject and address in one.to]


def test_whose_record_is_given_its_account_meanwhile_is_told_once(hosted):
    day_before.tell(at=NINE)
    mails = [one.to for one in letters.deliver(NINE)]
    member = make.member("Hana", email="hana@work.example")

    Contributor.objects.filter(pk=hosted.hana.pk).update(member=member)

    assert mails == [["hana@hosts.example"]]
    assert not told_again("hana@work.example")


def test_who_confirms_the_address_in_their_account_meanwhile_is_told_once(hosted):
    member = make.member("Hana", email="hana@work.example")
    other = make.host(make.workshop(hosted.event, title="Other"), "Hana", member=member, email="")
    day_before.tell(at=NINE)
    letters.deliver(NINE)

    make.invited(other, hosted.event)
    EmailAddress.objects.create(user=member, email="hana@hosts.example", verified=True)

    assert not told_again("hana@work.example")


def test_whose_two_accounts_are_brought_together_meanwhile_is_told_once(hosted):
    kept, ended = make.member("Hana A"), make.member("Hana B")
    Contributor.objects.filter(pk=hosted.hana.pk).update(member=ended, email="")
    day_before.tell(at=NINE)
    letters.deliver(NINE)

    bring_together(kept, ended, by=people.staff("Support"), at=NINE + timedelta(minutes=3))

    assert not told_again(kept.email)


def test_a_deputy_is_told_of_a_move_and_of_the_end_as_a_host_is(hosted):
    named_deputy(hosted)
    session = Session.objects.get(pk=hosted.session.pk)
    session.room = "Room of the move"
    save_session(session, by=BY, at=NOW)
    moved = {one.to[0]: one for one in letters.deliver(NOW)}

    session.status = "cancelled"
    save_session(session, by=BY, at=NOW)
    ended = {one.to[0]: one for one in letters.deliver(NOW + timedelta(hours=1))}

    assert "Room of the move" in moved["di@hosts.example"].body
    assert "You are the deputy of one of its hosts." in plain(moved["di@hosts.example"])
    assert "You were the deputy of one of its hosts." in plain(ended["di@hosts.example"])
    assert "hana@hosts.example" in moved
    assert "hana@hosts.example" in ended


def test_a_deputy_who_was_taken_out_meanwhile_is_told_of_no_move(hosted):
    named_deputy(hosted)
    session = Session.objects.get(pk=hosted.session.pk)
    session.room = "Room of the move"
    save_session(session, by=BY, at=NOW)

    Deputy.objects.all().delete()

    assert not [one for one in letters.deliver(NOW) if one.to == ["di@hosts.example"]]


def test_a_deputy_is_counted_where_a_change_says_whom_it_mails_and_told_of_an_event_called_off(hosted):
    before = notices.people_told(hosted.session), notices.people_told_by_session([hosted.session.pk])
    seen = cancellation.look(hosted.event, at=NOW).only_hosts

    named_deputy(hosted)

    assert notices.people_told(hosted.session) == before[0] + 1
    assert notices.people_told_by_session([hosted.session.pk])[hosted.session.pk] == before[1].total() + 1
    assert cancellation.look(hosted.event, at=NOW).only_hosts == seen + 1
    assert notices.letters_of_moves([hosted.session.pk]) == before[0] + 1

"""What members write down for themselves is theirs alone, and comes back once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from learning import notes
from learning.models import OneThing, SessionNote
from learning.notes import COMES_BACK_AFTER, NoteRefused
from notifications.models import Message
from tests import letters, make
from tests.contracts import people
from tests.found import found
from tests.learning.conftest import AFTER
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afterwards")]


def note(learner, text: str = "Ask who is missing", *, seen: str = "", session=None):
    session = session or make.session(learner.event)
    notes.write(learner.member, session, text, seen=seen, at=AFTER)
    return found(notes.note_of(learner.member, session))


def thing(learner, text: str = "Ring Bo", *, seen: str = "", by_email: bool = True, at=AFTER):
    return notes.promise(learner.member, learner.event, text, seen=seen, by_email=by_email, at=at)


def test_a_note_is_written_shown_changed_and_taken_out(learner):
    session = make.session(learner.event, slug="huddle", title="The huddle")
    learner.was_in(session)
    path = f"{learner.path}notes/huddle/"

    saved = learner.client.post(path, {"text": "Fewer\r\nwords", "seen": ""}, follow=True)
    kept = found(notes.note_of(learner.member, session))
    page = learner.client.get(path).content.decode()
    learner.client.post(path, {"text": "", "seen": kept.changed_at.isoformat()})

    assert "Fewer<br>words" in saved.content.decode()
    assert kept.text == "Fewer\nwords"
    assert "Fewer\nwords</textarea>" in page
    assert not SessionNote.objects.exists()


def test_a_note_waits_until_the_session_has_begun(learner):
    make.session(learner.event, slug="later", day=30)

    assert learner.client.get(f"{learner.path}notes/later/").status_code == 404


def test_the_rule_refuses_who_does_not_come_and_what_has_not_begun(learner):
    stranger, begun, later = (
        make.member("Bo"),
        make.session(learner.event),
        make.session(learner.event, day=30),
    )

    for member, session in ((stranger, begun), (learner.member, later)):
        with pytest.raises(NoteRefused):
            notes.write(member, session, "Mine", seen="", at=AFTER)
    with pytest.raises(NoteRefused):
        notes.promise(stranger, learner.event, "Mine", seen="", by_email=False, at=AFTER)
    assert not SessionNote.objects.exists()


@pytest.mark.parametrize("page", ["notes/huddle/", "one-thing/"])
def test_what_another_window_saved_is_not_written_over_unseen(learner, page):
    session = make.session(learner.event, slug="huddle")
    note(learner, "Of the other window", session=session)
    thing(learner, "Of the other window")
    path = learner.path + page

    refused = learner.client.post(path, {"text": "Mine", "seen": ""})
    seen = found(refused.context)["form"]["seen"].value()
    again = learner.client.post(path, {"text": "Mine", "seen": seen})

    assert refused.status_code == 200
    assert "Of the other window" in refused.content.decode()
    assert "Mine</textarea>" in refused.content.decode()
    assert again.status_code == 302
    texts = {*SessionNote.objects.values_list("text", flat=True)}
    texts |= {*OneThing.objects.values_list("text", flat=True)}
    assert texts == {"Mine", "Of the other window"}


def test_who_gives_up_their_registration_keeps_their_notes(learner):
    note(learner, "Of before")
    type(learner.registration).objects.update(status="cancelled")

    assert "Of before" in learner.client.get(learner.path).content.decode()


def test_saving_the_same_twice_is_one_note(learner):
    session = make.session(learner.event)

    note(learner, session=session)
    note(learner, session=session)

    assert SessionNote.objects.count() == 1


def test_the_rule_refuses_what_was_not_seen(learner):
    session = make.session(learner.event)
    note(learner, session=session)

    with pytest.raises(NoteRefused):
        note(learner, "Mine", session=session)


def test_one_thing_comes_back_four_weeks_after_it_was_first_saved_and_once(learner):
    first = found(thing(learner))
    later = AFTER + timedelta(days=3)
    thing(learner, "Ring Bo on Monday", seen=first.changed_at.isoformat(), at=later)

    assert notes.bring_back(at=AFTER + COMES_BACK_AFTER - timedelta(seconds=1)) == 0
    assert notes.bring_back(at=AFTER + COMES_BACK_AFTER) == 1
    assert notes.bring_back(at=AFTER + 2 * COMES_BACK_AFTER) == 0
    email = letters.only(letters.deliver(AFTER + 2 * COMES_BACK_AFTER))
    assert "Ring Bo on Monday" in email.body
    assert "Ring Bo on Monday" in letters.html_of(email)


def test_without_the_tick_it_does_not_come_back_and_ticking_it_later_begins_then(learner):
    first = found(thing(learner, by_email=False))
    later = AFTER + timedelta(days=3)
    assert first.remind_at is None

    again = found(thing(learner, seen=first.changed_at.isoformat(), at=later))

    assert again.remind_at == later + COMES_BACK_AFTER


def test_what_was_taken_out_meanwhile_does_not_come_back(learner):
    kept = found(thing(learner))
    notes.bring_back(at=AFTER + COMES_BACK_AFTER)
    thing(learner, "", seen=kept.changed_at.isoformat())

    assert letters.deliver(AFTER + 2 * COMES_BACK_AFTER) == []


def test_once_it_has_come_back_it_is_not_asked_again(learner):
    thing(learner)
    notes.bring_back(at=AFTER + COMES_BACK_AFTER)

    page = learner.client.get(f"{learner.path}one-thing/").content.decode()

    assert "It came back to you by email" in page
    assert 'name="by_email"' not in page


def test_nobody_of_the_team_reads_them(learner):
    secret = "Xylophone"
    session = make.session(learner.event, slug="huddle")
    note(learner, secret, session=session)
    thing(learner, secret)
    notes.bring_back(at=AFTER + COMES_BACK_AFTER)
    message = Message.objects.get(kind="one-thing")
    root = people.reader(people.admin())
    pages = (
        f"/team/people/{learner.member.pk}/",
        f"/team/events/{learner.event.slug}/",
        f"/team/events/{learner.event.slug}/sessions/huddle/",
        f"/admin/members/member/{learner.member.pk}/change/",
        f"/admin/notifications/message/{message.pk}/change/",
    )

    read = {path: root.get(path) for path in pages}

    assert {one.status_code for one in read.values()} == {200}
    assert not [path for path, one in read.items() if secret in one.content.decode()]
    assert not Entry.objects.filter(at__gte=AFTER).exists()


@pytest.mark.parametrize("model", [SessionNote, OneThing])
def test_the_database_refuses_empty_words(learner, model):
    of = {"session": make.session(learner.event)} if model is SessionNote else {"event": learner.event}

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(member=learner.member, text="", changed_at=NOW, **of)

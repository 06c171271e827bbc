"""The email that answers needs: what is answered since the last one; nothing of health in its subject."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from events import need_cases
from events.models import AccessNeed, Event, Registration
from members.models import Member
from notifications.admin import preview
from notifications.models import Message, SentLetter
from notifications.resend import send_again
from tests import letters, make
from tests.contracts import people
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
SOON = NOW + timedelta(minutes=31)


@pytest.fixture
def bo() -> Member:
    """One of the team."""
    return make.member("Bo")


@pytest.fixture
def ada() -> Registration:
    """Somebody who comes."""
    return make.registration(make.event(title="Community event"), make.member("Ada"))


def sent(at: datetime = SOON) -> list[str]:
    """Send what is due, and return the texts that went out."""
    return [str(one.body) for one in letters.deliver(at)]


def test_several_answers_are_one_email_that_names_each_and_has_no_need_in_its_subject(ada, bo):
    captions, signs = make.need(ada), make.need(ada, "sign-language")
    need_cases.confirm(captions.pk, version=0, by=bo, at=NOW)
    need_cases.decline(signs.pk, "A speaker who signs.", version=0, by=bo, at=NOW)

    [text] = sent()

    assert mail.outbox[0].subject == "What you asked us about Community event: our answer"
    assert "- Live captions" in text
    assert "This we cannot do, and we are sorry: British Sign Language (BSL) interpreter" in text
    assert "Instead: A speaker who signs." in text
    assert set(AccessNeed.objects.values_list("answer_sent_at", flat=True)) == {SOON}


def test_the_next_email_tells_only_what_was_answered_since(ada, bo):
    captions, slides = make.need(ada), make.need(ada, "slides")
    need_cases.confirm(captions.pk, version=0, by=bo, at=NOW)
    sent()
    need_cases.confirm(slides.pk, version=0, by=bo, at=SOON + timedelta(hours=1))

    [text] = sent(SOON + timedelta(hours=2))

    assert "Slides before the session" in text
    assert "Live captions" not in text


def test_sent_again_it_tells_all_that_stands(ada, bo):
    captions = make.need(ada)
    need_cases.confirm(captions.pk, version=0, by=bo, at=NOW)
    sent()
    send_again(Message.objects.get(), by=bo, at=SOON)

    [text] = sent(SOON + timedelta(hours=1))

    assert "Live captions" in text


@pytest.mark.parametrize("what", ["taken out", "cancelled", "over"])
def test_what_is_no_longer_so_is_not_told(ada, bo, what):
    case = make.need(ada)
    need_cases.confirm(case.pk, version=0, by=bo, at=NOW)
    if what == "taken out":
        case.delete()
    elif what == "cancelled":
        Registration.objects.update(status="cancelled")
    else:
        Event.objects.update(
            first_day=NOW.date() - timedelta(days=3), last_day=NOW.date() - timedelta(days=2)
        )

    assert sent() == []
    assert Message.objects.get().state == "superseded"


def test_what_it_said_is_neither_kept_nor_shown_to_the_team(ada, bo):
    case = make.need(ada, "other", "A lip-speaker")
    need_cases.confirm(case.pk, version=0, by=bo, at=NOW)
    waiting = preview(Message.objects.get())
    [text] = sent()
    message = Message.objects.get()
    desk = people.reader(people.staff("Support"))

    page = desk.get(f"/team/people/{ada.member_id}/emails/{message.pk}/").text

    assert waiting == (None, "It is confidential, so it is not shown.")
    assert "A lip-speaker" in text
    assert "A lip-speaker" not in page
    assert "It is confidential" in page
    assert not SentLetter.objects.exists()
    assert "lip" not in message.subject

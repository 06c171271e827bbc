"""Everybody is written to in a language of their own, whoever caused it and whoever sends it."""

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from notifications import delivery, outbox, resend
from notifications.models import Message
from notifications.outbox import Kind, Letter, MessageRow
from tests import make, pseudo
from tests.make import NOW
from tests.notifications.sending import deliver

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
WORDS = gettext_lazy("Skip to main content")
IN_ENGLISH, IN_PSEUDO = "Skip to main content", pseudo.stretched("Skip to main content")


def written(message: Message) -> Letter:
    to = message.member.email if message.member else message.email
    return Letter(to=to, subject=str(WORDS), text=str(WORDS))


@pytest.fixture(autouse=True)
def _two_languages(kinds, settings, tmp_path) -> None:
    kinds["written"] = Kind(written)
    pseudo.write(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), (pseudo.CODE, "Pseudo")]


def subjects(mailoutbox):
    return {email.to[0]: email.subject for email in mailoutbox}


def test_one_run_writes_to_each_member_in_theirs(mailoutbox):
    for number, code in enumerate(("", "en-gb", "en-xa", "cy")):
        member = make.member(f"M{number}", email=f"{number}@example.org", language=code)
        outbox.enqueue("written", at=NOW, key=str(number), member=member)

    deliver()

    assert subjects(mailoutbox) == {
        "0@example.org": IN_ENGLISH,
        "1@example.org": IN_ENGLISH,
        "2@example.org": IN_PSEUDO,
        "3@example.org": IN_ENGLISH,
    }
    assert translation.get_language() == "en-gb"


def test_who_has_no_account_is_written_to_in_the_language_of_the_page_that_caused_it(mailoutbox):
    with translation.override("en-xa"):
        outbox.enqueue("written", at=NOW, key="1", email="one@example.org")
        outbox.enqueue("written", at=NOW, key="2", email="two@example.org", at_most=HOUR)
        outbox.enqueue_many("written", [MessageRow("3", email="three@example.org")], at=NOW)
    outbox.enqueue("written", at=NOW, key="4", email="four@example.org")

    deliver()

    assert subjects(mailoutbox) == {
        "one@example.org": IN_PSEUDO,
        "two@example.org": IN_PSEUDO,
        "three@example.org": IN_PSEUDO,
        "four@example.org": IN_ENGLISH,
    }


def test_what_is_looked_at_or_sent_again_is_in_the_language_of_whom_it_goes_to(mailoutbox):
    with translation.override("en-xa"):
        outbox.enqueue("written", at=NOW, key="1", email="one@example.org")
    deliver()
    message = Message.objects.get()

    shown = delivery.render(message)
    resend.send_again(message, by=make.member("Mo"), at=NOW + HOUR)
    deliver(NOW + HOUR)

    assert shown is not None
    assert [shown.subject, *(email.subject for email in mailoutbox)] == [IN_PSEUDO] * 3

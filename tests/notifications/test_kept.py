"""What was sent can be read for 90 days; codes and secret links never."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from comments.moderation import decisions
from comments.writing import guests
from members.tasks import forget
from notifications import kept, outbox
from notifications.models import Message, SentLetter
from notifications.outbox import Attachment, Kind, Letter
from tests import make
from tests.comments.conversation import moderator
from tests.make import NOW
from tests.markup import flat
from tests.notifications.sending import deliver, put
from tests.notifications.staff import page, staff

pytestmark = pytest.mark.django_db

DAYS = timedelta(days=1)


def sent(message: Message, client: Client) -> int:
    """The status of the frame that shows what was sent."""
    return client.get(reverse("admin:notifications_message_sent", args=[message.pk])).status_code


def test_the_words_are_kept_as_they_were_sent(kinds: dict[str, Kind]) -> None:
    files = (Attachment("a.ics", b"x", "application/ics"),)
    kinds["hello"] = Kind(
        lambda m: Letter(to=m.email, subject="S", text="Then", html="<p>Then</p>", attachments=files)
    )
    message = put()
    deliver()
    kinds["hello"] = Kind(lambda m: Letter(to=m.email, subject="S", text="Now", html="<p>Now</p>"))

    client = staff()
    shown = page(client, message)

    frame = client.get(reverse("admin:notifications_message_sent", args=[message.pk]))
    assert SentLetter.objects.values_list("text", "html", "files", "kept_at").get() == (
        "Then",
        "<p>Then</p>",
        ["a.ics (application/ics)"],
        NOW,
    )
    was_sent, would_be_sent = shown.split('<h2 id="preview">As it would be sent now</h2>')
    assert '<div class="mail-text">Then</div>' in was_sent.partition('<h2 id="sent">As it was sent</h2>')[2]
    assert '<div class="mail-text">Now</div>' in flat(would_be_sent)
    assert "a.ics (application/ics)" in shown
    assert frame.content == b"<p>Then</p>"
    assert frame["Content-Security-Policy"].endswith("frame-ancestors 'self'; sandbox")


def test_a_code_is_never_kept(kinds: dict[str, Kind]) -> None:
    message = put(secret={"code": "12345678"})

    deliver()

    assert (Message.objects.get().state, SentLetter.objects.count()) == ("sent", 0)
    assert "It held a code or secret link: what it said was not kept." in page(staff(), message)
    assert sent(message, staff()) == 404


def test_a_letter_to_a_guest_with_secret_links_is_never_kept(kinds: dict[str, Kind]) -> None:
    kinds["hello"] = Kind(kinds["hello"].render, is_private=True)
    put(email="gwen@guests.example")

    deliver()

    assert SentLetter.objects.count() == 0


@pytest.mark.parametrize(("text", "html"), [("a" * 70_000, "<p>"), ("a", "b" * 70_000)])
def test_what_is_kept_is_bounded(kinds: dict[str, Kind], text: str, html: str) -> None:
    kinds["hello"] = Kind(lambda m: Letter(to=m.email, subject="S", text=text, html=html))
    put()

    deliver()

    one = SentLetter.objects.get()
    assert (len(one.text) <= kept.MAX_PART_CHARS + 1, one.html) == (True, "")


def test_a_letter_that_was_not_taken_leaves_nothing(kinds: dict[str, Kind]) -> None:
    kinds["hello"] = Kind(lambda _: 1 / 0)  # type: ignore[arg-type, return-value]
    put()

    deliver()

    assert SentLetter.objects.count() == 0


def test_after_90_days_the_words_go_and_the_message_stays(kinds: dict[str, Kind]) -> None:
    message = put()
    deliver()

    gone = [kept.forget(at=NOW + days * DAYS) for days in (89, 90, 91)]

    assert gone == [0, 1, 0]
    assert Message.objects.get() == message
    assert "What it said is kept for 90 days" in page(staff(), message)


def test_the_sweep_forgets_what_is_old(kinds: dict[str, Kind]) -> None:
    put()
    deliver()
    SentLetter.objects.update(kept_at=NOW - 1000 * DAYS)

    forget()

    assert SentLetter.objects.count() == 0


def test_with_the_address_of_a_guest_goes_what_was_kept_of_the_email() -> None:
    message = Message.objects.create(
        kind="comment-received",
        email="gwen@guests.example",
        key="1",
        created_at=NOW,
        send_after=NOW,
        state="sent",
        sent_at=NOW,
        message_id="<1@x>",
    )
    SentLetter.objects.create(message=message, text="Gwen", kept_at=NOW)

    guests.forget(at=NOW + DAYS)

    message.refresh_from_db()
    assert ("gwen" in message.email, SentLetter.objects.count()) == (False, 0)


def test_with_words_that_are_taken_out_goes_what_was_kept_of_them() -> None:
    comment, other = (make.comment(make.post(), make.member()) for _ in range(2))
    for one in (comment, other):
        outbox.enqueue(
            "comment-reply", at=NOW, key=str(one.pk), email="ada@example.org", payload={"comment": one.pk}
        )
        SentLetter.objects.create(message=Message.objects.get(key=str(one.pk)), text="John Doe", kept_at=NOW)

    decisions.redact(comment, "Somebody", by=moderator(), at=NOW, seen=comment.version)

    assert [one.message.key for one in SentLetter.objects.all()] == [str(other.pk)]


def test_who_may_not_see_messages_reads_none(kinds: dict[str, Kind]) -> None:
    message = put()
    deliver()
    stranger = Client()
    stranger.force_login(make.member("Cy", is_staff=True))

    assert (sent(message, staff()), sent(message, stranger)) == (200, 404)

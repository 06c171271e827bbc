"""What emails to others said of somebody who is erased: chosen by what they are about, hardly by a name."""

import pytest

from members.privacy import erasure
from notifications.models import Message, SentLetter
from tests import make
from tests.make import BY, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday", "folders")]


def sent(key, text, subject="News", **about) -> None:
    """An email to somebody else, as it is kept."""
    member = make.member()
    message = Message.objects.create(
        kind="account-made",
        key=key,
        member=member,
        state="sent",
        subject=subject,
        payload=about,
        created_at=NOW,
        send_after=NOW,
        sent_at=NOW,
        message_id=f"{key}@q.example",
    )
    SentLetter.objects.create(message=message, text=text, kept_at=NOW)


def left() -> dict[str, tuple[str, bool]]:
    """Return each email to others, with its subject and whether its words are still kept."""
    return {
        one.key: (one.subject, hasattr(one, "sent_letter"))
        for one in Message.objects.filter(kind="account-made").select_related("sent_letter")
    }


def test_a_name_of_one_word_is_no_reason_to_erase_what_others_got():
    may = make.member("may")
    sent("free", "You may bring a friend. See you in May.", "What you may bring")

    erasure.erase(may, by=BY, at=NOW)

    assert left() == {"free": ("What you may bring", True)}


def test_a_whole_name_is_as_it_is_written_and_may_be_broken_over_lines():
    see = make.member("See You")
    sent("broken", "Hosted by\n> See\n> You, and others.", "With See You")
    sent("small", "We hope to see you. See young people.", "We see you")

    erasure.erase(see, by=BY, at=NOW)

    assert left() == {"broken": ("", False), "small": ("We see you", True)}


def test_an_address_is_found_however_it_is_written_and_not_within_another():
    ada = make.member("Ada", email="ada@wards.example")
    sent("theirs", "Write to <Ada@Wards.example>.", "From ADA@wards.example")
    sent("another", "Write to grenada@wards.example, or no-ada@wards.example.")

    erasure.erase(ada, by=BY, at=NOW)

    assert left() == {"theirs": ("", False), "another": ("News", True)}


def test_emails_about_what_is_theirs_go_whatever_they_were_called_then():
    ada, event = make.member("Ada"), make.event()
    hosted, other = make.workshop(event), make.workshop(event, hour=14)
    make.host(hosted, "Ada", email="", member=ada)
    post = make.post("Rota", authors=[ada])
    comment = make.comment(make.post("Of others"), ada)
    for key, about in {
        "session": {"session": hosted.pk},
        "other session": {"session": other.pk},
        "post": {"post": post.pk},
        "other post": {"post": comment.post_id},
        "comment": {"comment": comment.pk},
    }.items():
        sent(key, "Augusta says so.", "Of Augusta", **about)

    erasure.erase(ada, by=BY, at=NOW)

    assert [key for key, kept in left().items() if kept == ("", False)] == ["comment", "post", "session"]
    assert [key for key, kept in left().items() if kept == ("Of Augusta", True)] == [
        "other post",
        "other session",
    ]

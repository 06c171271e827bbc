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


def test_a_name_of_two_ordinary_words_and_a_namesake_are_no_reasons_either():
    see, hosted = make.member("See You"), make.workshop(make.event())
    make.host(hosted, "See You", member=make.member("See You"))
    sent("words", "Until Monday!\n> See\n> You there.", "We See You soon")
    sent("namesake", "Your host is See You.", "With See You", session=hosted.pk)

    erasure.erase(see, by=BY, at=NOW)

    assert left() == {"words": ("We See You soon", True), "namesake": ("With See You", True)}


def test_an_email_of_which_they_are_the_subject_goes_by_their_number():
    see, namesake = make.member("See You"), make.member("See You")
    sent("theirs", "See You has set up a second step.", "Of See You", of=see.pk)
    sent("other", "See You has set up a second step.", "Of See You", of=namesake.pk)

    erasure.erase(see, by=BY, at=NOW)

    assert left() == {"theirs": ("", False), "other": ("Of See You", True)}


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

"""Hosts who have seen a need are told that it is needed no more, or otherwise; not whose, nor what."""

from datetime import timedelta

import pytest

from audit.acts import Act
from audit.confidential import Why
from events import access_needs
from events import registration as registering
from events.models import Registration
from hosting import agreeing, people
from hosting.access import Reader
from notifications.models import Message
from tests import letters, make
from tests.make import BY, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
HANA, KIND = Reader(address="hana@hosts.example"), "host-needs-changed"
SOON = NOW + timedelta(minutes=31)


@pytest.fixture
def ada(hosted) -> Registration:
    """Who comes, and lets hosts know what she needs; Hana has agreed."""
    agreeing.agree(hosted.event, HANA, at=NOW)
    Message.objects.all().delete()
    return Registration.objects.get(member__name="Ada")


def told() -> list[str]:
    return list(Message.objects.filter(kind=KIND).values_list("email", flat=True))


def seen(hosted):
    assert people.needs(hosted.session, HANA, at=NOW)


def test_who_has_looked_is_told_that_it_is_needed_no_more_and_neither_whose_nor_what(hosted, ada):
    seen(hosted)

    access_needs.save(ada, by=ada.member, at=NOW)
    [letter] = letters.deliver(SOON)

    text = f"{letter.subject} {letter.body}"
    assert "no longer needed" in text
    assert "The huddle" in text
    assert [word for word in ("Ada", "Captions") if word in text] == []


def test_who_has_not_looked_is_not_told(hosted, ada):
    access_needs.save(ada, by=ada.member, at=NOW)

    assert told() == []


def test_a_look_from_before_it_was_asked_is_none_at_it(hosted, ada):
    seen(hosted)
    access_needs.save(
        ada, by=BY, at=NOW + timedelta(hours=1), needs="Captions for Ada", share_with_hosts=True,
        kinds={"slides": True},
    )  # fmt: skip

    access_needs.save(
        ada, by=BY, at=NOW + timedelta(hours=2), needs="Captions for Ada", share_with_hosts=True
    )

    assert told() == []


def test_what_hosts_may_not_know_tells_them_nothing(hosted, ada):
    seen(hosted)
    bo = Registration.objects.get(member__name="Bo")

    access_needs.save(bo, by=bo.member, at=NOW)

    assert told() == []


@pytest.mark.parametrize("how", ["changed", "cancelled"])
def test_other_words_and_cancelling_are_told_too(hosted, ada, how):
    seen(hosted)

    if how == "changed":
        access_needs.save(ada, by=BY, at=NOW, needs="Captions in large print", share_with_hosts=True)
    else:
        registering.cancel(ada, by=ada.member, at=NOW)

    assert told() == ["hana@hosts.example"]


def test_the_team_s_sheet_for_the_host_is_a_look_too(hosted, ada):
    access_needs.look([ada.pk], Why.FOR_THE_HOST, act=Act.NEEDS_TAKEN_ALONG, only_shared=True, by=BY, at=NOW)

    access_needs.save(ada, by=BY, at=NOW)

    assert told() == ["hana@hosts.example"]


def test_several_changes_are_one_email(hosted, ada):
    seen(hosted)
    for words in ("Captions, large", "Captions, larger", ""):
        access_needs.save(ada, by=BY, at=NOW, needs=words, share_with_hosts=True)

    assert told() == ["hana@hosts.example"]


def test_a_host_who_has_not_agreed_or_hosts_elsewhere_is_not_told(hosted, ada):
    seen(hosted)
    make.invited(make.host(hosted.session, "Ines", email="ines@hosts.example"), hosted.event)
    elsewhere = make.workshop(hosted.event, title="Elsewhere", slug="elsewhere", hour=14)
    jo = make.host(elsewhere, "Jo", email="jo@hosts.example")
    make.invited(jo, hosted.event)
    make.agreed(jo, hosted.event)

    access_needs.save(ada, by=BY, at=NOW)

    assert told() == ["hana@hosts.example"]


def test_a_host_who_is_one_no_more_gets_no_letter(hosted, ada):
    seen(hosted)
    access_needs.save(ada, by=BY, at=NOW)
    hosted.session.session_contributors.all().delete()

    assert letters.deliver(SOON) == []


def test_a_session_that_has_begun_is_prepared(hosted, ada):
    seen(hosted)

    access_needs.save(ada, by=BY, at=hosted.session.starts_at + timedelta(minutes=1))

    assert told() == []

"""What a caller needs is written down as what it is, with their consent, and nothing of it is read out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.acts import Act
from audit.models import Entry
from events import access_needs, needs_by_telephone
from events.models import AccessNeed, Event, Registration
from events.models.access_needs import MAX_WORDS_CHARS
from notifications.models import Message, SentLetter
from tests import letters, make
from tests.contracts import people
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
ASK_FIRST = "Ask them first: without their yes nothing of it may be kept."


@pytest.fixture
def sam():
    """Somebody of support, who is rung."""
    return people.staff("Support")


@pytest.fixture
def desk(sam):
    """A browser of theirs."""
    return people.reader(sam)


@pytest.fixture
def ada():
    """Somebody registered, who rings."""
    return make.registration(make.event(slug="2026", title="Community event"), make.member("Ada"))


def page_of(registration):
    return f"/team/people/{registration.member_id}/needs/2026/"


def says(desk, registration, **fields):
    return desk.post(page_of(registration), {"consents": "on"} | fields, follow=True)


def told():
    return {one.kind: (one.words, one.is_shared_with_hosts) for one in AccessNeed.objects.all()}


@pytest.mark.parametrize("may_know", [True, False])
def test_what_they_need_is_ticked_for_them_when_they_are_registered(desk, may_know):
    make.event(slug="2026")
    ada = make.member("Ada")
    sent = {"kinds": ["captions", "slides"], "needs": "A chair", "consents": "on"}
    sent |= {"share_with_hosts": "on"} if may_know else {}

    first = desk.post(f"/team/people/{ada.pk}/register/2026/", sent)
    again = desk.post(f"/team/people/{ada.pk}/register/2026/", sent)
    other = desk.post(f"/team/people/{ada.pk}/register/2026/", {"kinds": ["breaks"], "consents": "on"})

    assert told() == {"captions": ("", may_know), "slides": ("", may_know), "other": ("A chair", may_know)}
    assert (first.status_code, again.status_code, other.status_code) == (302, 302, 200)
    assert "is registered already. Nothing was saved, access needs neither" in other.text
    assert Entry.objects.filter(act=Act.NEEDS_BY_TELEPHONE, member_id=ada.pk).count() == 1


def test_who_is_registered_with_needs_is_emailed_all_that_was_written_down_once(desk):
    make.event(slug="2026")
    ada = make.member("Ada")
    sent = {"kinds": ["captions"], "needs": "A chair", "consents": "on"}

    for _ in range(2):
        desk.post(f"/team/people/{ada.pk}/register/2026/", sent)
    kinds = [one.kind for one in Message.objects.filter(kind=needs_by_telephone.EMAIL)]
    words = [str(one.body) for one in letters.deliver(timezone.now()) if "A chair" in str(one.body)]

    assert kinds == [needs_by_telephone.EMAIL]
    assert len(words) == 1
    assert "captions" in words[0].lower()


def test_without_their_yes_nothing_is_kept_when_they_are_registered_or_later(desk, ada):
    bo = make.member("Bo")

    later = says(desk, ada, kinds=["captions"], consents="")
    registering = desk.post(f"/team/people/{bo.pk}/register/2026/", {"kinds": ["captions"]})
    with pytest.raises(needs_by_telephone.NotWritten):
        needs_by_telephone.write_down(ada, by=ada.member, at=NOW, consents=False, needs="A chair")

    assert ASK_FIRST in later.text
    assert ASK_FIRST in registering.text
    assert (told(), Registration.objects.filter(member=bo).exists()) == ({}, False)


def test_who_registers_and_needs_nothing_is_asked_for_no_consent(desk, ada):
    bo = make.member("Bo")

    desk.post(f"/team/people/{bo.pk}/register/2026/", {})

    assert Registration.objects.get(member=bo).status == "confirmed"
    assert not Entry.objects.filter(act=Act.NEEDS_BY_TELEPHONE).exists()


def test_it_is_recorded_for_whom_by_whom_and_that_it_was_by_telephone(desk, sam, ada):
    answer = says(desk, ada, kinds=["captions"], share_with_hosts="on")

    acts = Entry.objects.filter(act__startswith="registration.needs").order_by("pk")
    assert list(acts.values_list("act", "actor_id", "member_id")) == [
        (Act.NEEDS_KEPT, sam.pk, ada.member_id),
        (Act.NEEDS_BY_TELEPHONE, sam.pk, ada.member_id),
    ]
    assert told() == {"captions": ("", True)}
    assert "Written down for Community event, as you agreed. We are emailing them." in answer.text


def test_they_get_all_of_it_in_an_email_that_nobody_of_the_team_reads(desk, ada):
    make.need(ada, "breaks")
    says(desk, ada, kinds=["captions"], needs="A chair", share_with_hosts="on")

    [letter] = letters.deliver(NOW + timedelta(minutes=1))

    text = str(letter.body)
    assert [one in text for one in ("Breaks in long sessions", "Live captions", "A chair")] == [True] * 3
    assert "by telephone" in letter.subject
    assert not any(one in letter.subject for one in ("captions", "chair"))
    assert not SentLetter.objects.exists()
    assert (
        "It is confidential"
        in desk.get(f"/team/people/{ada.member_id}/emails/{Message.objects.get().pk}/").text
    )


def test_nothing_of_what_they_told_before_is_shown_or_lost(desk, ada):
    make.need(ada, "slides", state="arranged")
    make.need(ada, "other", "A lip-speaker", is_shared_with_hosts=True)

    asked = desk.get(page_of(ada))
    answer = says(desk, ada, kinds=["captions"], needs="A chair")

    assert [one for one in ("lip-speaker", "checked") if one in asked.text or one in answer.text] == []
    assert told() == {
        "slides": ("", False), "captions": ("", False), "other": ("A lip-speaker\n\nA chair", False),
    }  # fmt: skip
    assert AccessNeed.objects.get(kind="slides").state == "arranged"
    assert not Entry.objects.filter(act=Act.NEEDS_SEEN).exists()


@pytest.mark.parametrize(("said", "now"), [(False, True), (True, False), (True, True)])
def test_hosts_see_a_need_that_they_had_ticked_only_if_both_times_it_was_for_hosts(ada, said, now):
    make.needs(ada, kinds=["captions"], shared=said)

    needs_by_telephone.write_down(ada, by=ada.member, at=NOW, consents=True, kinds={"captions": now})

    assert told() == {"captions": ("", said and now)}


def test_ticks_alone_leave_their_words_and_who_may_know_them(desk, ada):
    case = make.need(ada, "other", "A lip-speaker", is_shared_with_hosts=True, state="confirmed")

    says(desk, ada, kinds=["captions"])

    case.refresh_from_db()
    assert (case.words, case.is_shared_with_hosts, case.state) == ("A lip-speaker", True, "confirmed")


def test_the_same_again_adds_nothing(desk, ada):
    for _ in range(2):
        says(desk, ada, needs="A chair")

    assert told() == {"other": ("A chair", False)}


@pytest.mark.parametrize(
    ("what", "says_why"),
    [
        ("nothing", "Tick or write what they need first."),
        ("too long", "it is too long. Use fewer words."),
        ("over", "The event is over or cancelled"),
        ("closed", "Their account is closed"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(desk, ada, what, says_why):
    fields = {"needs": "A chair"}
    if what == "nothing":
        fields = {}
    elif what == "too long":
        make.need(ada, "other", "x" * (MAX_WORDS_CHARS - 5))
    elif what == "over":
        over = NOW.date() - timedelta(days=3)
        Event.objects.update(first_day=over, last_day=over)
    else:
        ada.member.is_active = False
        ada.member.save()
    before = told()

    answer = says(desk, ada, **fields)

    assert says_why in answer.text
    assert (told(), Message.objects.count()) == (before, 0)


def test_who_is_not_registered_is_sent_back(desk, ada):
    Registration.objects.update(status="cancelled")

    answer = says(desk, ada, needs="A chair")

    assert "Ada is not registered for Community event." in answer.text
    with pytest.raises(needs_by_telephone.NotWritten):
        needs_by_telephone.write_down(ada, by=ada.member, at=NOW, consents=True, needs="A chair")


def test_what_was_taken_out_meanwhile_is_in_no_email(desk, ada):
    says(desk, ada, kinds=["captions"])
    access_needs.save(ada, by=ada.member, at=NOW)

    assert letters.deliver(NOW + timedelta(minutes=1)) == []


def test_the_person_s_page_leads_there_while_it_can_be_changed(desk, ada):
    ahead = desk.get(f"/team/people/{ada.member_id}/").text
    over = NOW.date() - timedelta(days=3)
    Event.objects.update(first_day=over, last_day=over)

    after = desk.get(f"/team/people/{ada.member_id}/?event=2026").text

    assert (page_of(ada) in ahead, page_of(ada) in after) == (True, False)

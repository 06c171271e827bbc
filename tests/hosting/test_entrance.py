"""A host without an account comes in with a code to the invited address, and nobody learns who is invited."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client

from events import joining_details
from events.models import Contributor, SessionContributor
from hosting import access, proof
from members import addresses
from members.accounts.guarding import CODES
from notifications.models import Message
from tests import letters, make
from tests.hosting.conftest import Hosted, asked, entered, shown
from tests.make import NOW
from workshops.places.eligibility import host_members, hosted_sessions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def is_open(client: Client, hosted: Hosted) -> bool:
    """Whether the session's page shows who comes."""
    answer = client.get(hosted.page)
    assert answer.status_code == 200 or "Ada" not in answer.content.decode()
    return answer.status_code == 200 and "Ada" in answer.content.decode()


def test_once_the_pages_have_closed_they_say_so_kindly_and_send_no_code(hosted):
    client, over = Client(), access.closes_at(hosted.event)
    with time_machine.travel(over - timedelta(seconds=1), tick=False):
        before = client.get(f"{hosted.path}enter/").content.decode()
    with time_machine.travel(over, tick=False):
        led = client.get(hosted.page, follow=True).content.decode()
        posted = client.post(f"{hosted.path}enter/", {"email": "hana@hosts.example"}).content.decode()

    assert "have closed" not in before
    assert "The hosts’ pages have closed" in led
    assert "The hosts’ pages have closed" in posted
    assert not Message.objects.filter(kind="host-code").exists()


def test_a_host_without_an_account_comes_in_with_a_code_to_the_invited_address(hosted):
    client = Client()
    assert not is_open(client, hosted)

    answer = shown(client, hosted)

    assert answer["Location"] == hosted.path
    assert client.get(hosted.path)["Location"] == f"{hosted.path}agree/"
    client.post(f"{hosted.path}agree/", {"agrees": "on"})
    assert is_open(client, hosted)


def test_the_code_opens_one_browser_and_no_other(hosted):
    code = asked(Client(), hosted)

    other = Client()
    other.post(f"{hosted.path}enter/", {"email": "mallory@example.org"})
    answer = other.post(f"{hosted.path}code/", {"code": code})

    assert "This is not the code" in answer.content.decode()
    assert not is_open(other, hosted)


def test_an_invitation_that_was_forwarded_shows_nothing_to_somebody_else(hosted):
    other = Client()

    code = asked(other, hosted, "friend@example.org")
    other.post(f"{hosted.path}code/", {"code": code})

    assert other.get(hosted.path)["Location"] == f"{hosted.path}enter/"
    assert not is_open(other, hosted)


def test_whoever_is_not_invited_sees_the_same_and_is_mailed_no_code(hosted):
    pages = []
    for email in ("hana@hosts.example", "nobody@hosts.example"):
        client = Client()
        answer = client.post(f"{hosted.path}enter/", {"email": email})
        page = client.get(answer["Location"]).content.decode()
        csrf = client.cookies["csrftoken"].value
        assert csrf
        pages.append((answer.status_code, answer["Location"], _without_tokens(page).replace(email, "")))

    assert pages[0] == pages[1]
    mails = letters.deliver(NOW)
    assert [one.to for one in mails] == [["hana@hosts.example"], ["nobody@hosts.example"]]
    assert "good for 15 minutes" in mails[0].body
    assert "No host was invited with it" in mails[1].body
    assert not any(c in mails[1].body for c in ("code:",))


def _without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_code_is_good_for_fifteen_minutes(hosted):
    client = Client()
    code = asked(client, hosted)

    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        answer = client.post(f"{hosted.path}code/", {"code": code}, follow=True)

        assert "more than 15 minutes old" in answer.content.decode()
        assert not is_open(client, hosted)


def test_five_codes_may_be_tried_and_then_the_right_one_is_too_late(hosted):
    client = Client()
    code = asked(client, hosted)
    for _ in range(5):
        client.post(f"{hosted.path}code/", {"code": "0000-0000"})

    answer = client.post(f"{hosted.path}code/", {"code": code}, follow=True)

    assert "wrong five times" in answer.content.decode()
    assert not is_open(client, hosted)


def test_asking_too_often_is_refused_for_an_invited_address_as_for_any_other(hosted):
    most = min(one.most for one in CODES)
    for email in ("hana@hosts.example", "nobody@hosts.example"):
        client = Client()
        for _ in range(most):
            assert client.post(f"{hosted.path}enter/", {"email": email}).status_code == 302

        answer = client.post(f"{hosted.path}enter/", {"email": email})

        assert "We have sent several emails to this address" in answer.content.decode()
    assert Message.objects.filter(kind="host-code").count() == 2 * most


def test_the_pages_close_after_twelve_hours(hosted):
    client = entered(hosted)
    assert is_open(client, hosted)

    with time_machine.travel(NOW + proof.PROOF_LIFE, tick=False):
        assert not is_open(client, hosted)


def test_the_pages_close_when_they_are_closed(hosted):
    client = entered(hosted)

    client.post(f"{hosted.path}leave/")

    assert not is_open(client, hosted)


def test_a_session_that_was_planted_before_is_another_afterwards(hosted):
    client = Client()
    code = asked(client, hosted)
    planted = client.cookies["sessionid"].value

    client.post(f"{hosted.path}code/", {"code": code})

    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert not is_open(thief, hosted)


def test_another_address_of_the_host_from_now_on_ends_what_the_old_one_opened(hosted):
    client = entered(hosted)

    Contributor.objects.filter(pk=hosted.hana.pk).update(email="hana@new.example")

    assert not is_open(client, hosted)
    assert client.get(hosted.path)["Location"] == f"{hosted.path}enter/"
    newcomer = Client()
    shown(newcomer, hosted, "hana@new.example")
    assert newcomer.get(hosted.path)["Location"] == f"{hosted.path}agree/"  # somebody else has not agreed


def test_a_host_who_was_taken_out_of_the_session_sees_nothing_more(hosted):
    client = entered(hosted)

    SessionContributor.objects.filter(contributor=hosted.hana).delete()

    assert not is_open(client, hosted)


def test_a_host_whom_nobody_has_invited_does_not_come_in(hosted):
    other = make.host(hosted.session, "Ola", email="ola@hosts.example")
    client = Client()

    shown(client, hosted, other.email)

    assert client.get(hosted.path)["Location"] == f"{hosted.path}enter/"


def test_a_domain_that_looks_the_same_in_capitals_opens_nothing(hosted):
    Contributor.objects.filter(pk=hosted.hana.pk).update(email="hana@high.example")
    client = Client()

    code = asked(client, hosted, "hana@h\u0131gh.example")
    client.post(f"{hosted.path}code/", {"code": code})
    client.post(f"{hosted.path}agree/", {"agrees": "on"})

    assert client.get(hosted.path)["Location"] == f"{hosted.path}enter/"
    assert not is_open(client, hosted)


def test_a_member_with_the_confirmed_address_comes_in_without_a_code(hosted):
    member = make.member("Hana", email="hana@hosts.example")
    client = Client()
    client.force_login(member)

    assert client.get(hosted.path)["Location"] == f"{hosted.path}agree/"

    EmailAddress.objects.filter(user=member).update(verified=False)
    assert client.get(hosted.path)["Location"] == f"{hosted.path}enter/"


def test_the_account_of_a_host_comes_in_and_its_old_address_does_not(hosted):
    member = make.member("Hana", email="hana@home.example")
    Contributor.objects.filter(pk=hosted.hana.pk).update(member=member)
    client, stranger = Client(), Client()
    client.force_login(member)

    shown(stranger, hosted, "hana@hosts.example")

    assert client.get(hosted.path)["Location"] == f"{hosted.path}agree/"
    assert stranger.get(hosted.path)["Location"] == f"{hosted.path}enter/"


def test_a_closed_account_opens_nothing_by_its_address(hosted):
    member = make.member("Hana", email="hana@home.example", is_active=False)
    Contributor.objects.filter(pk=hosted.hana.pk).update(member=member)

    for email in ("hana@hosts.example", "hana@home.example"):
        client = Client()
        shown(client, hosted, email)
        assert client.get(hosted.path)["Location"] == f"{hosted.path}enter/"


def test_no_browser_keeps_a_page_of_a_host(hosted):
    client = entered(hosted)

    for path in (hosted.path, hosted.page, f"{hosted.path}enter/"):
        assert client.get(path)["Cache-Control"] == "private, no-store"
    assert client.post(f"{hosted.page}needs/")["Cache-Control"] == "private, no-store"


def test_a_draft_has_no_way_in(hosted):
    hosted.event.status = "draft"
    hosted.event.save()

    assert Client().get(f"{hosted.path}enter/").status_code == 404


def test_whoever_logs_in_next_in_that_browser_is_not_the_host(hosted):
    client = entered(hosted)
    assert is_open(client, hosted)

    client.force_login(make.member("Bo"))

    assert not is_open(client, hosted)
    assert client.post(f"{hosted.page}needs/")["Location"] == hosted.path


def test_a_member_who_shows_another_address_of_theirs_is_in_until_they_log_out(hosted):
    client = Client()
    client.force_login(make.member("Hana", email="hana@home.example"))
    shown(client, hosted)
    client.post(f"{hosted.path}agree/", {"agrees": "on"})
    assert is_open(client, hosted)

    client.logout()

    assert not is_open(client, hosted)


def test_an_address_that_is_left_takes_no_record_of_one_that_looks_alike_in_capitals(hosted):
    Contributor.objects.filter(pk=hosted.hana.pk).update(email="hana@high.example")
    mallory = make.member("Mallory", email="hana@h\u0131gh.example")
    client = Client()
    client.force_login(mallory)

    addresses.leave(mallory, mallory.email, at=NOW)

    hana = Contributor.objects.get(pk=hosted.hana.pk)
    assert (hana.member_id, hana.email) == (None, "hana@high.example")
    assert client.get(hosted.path)["Location"] == f"{hosted.path}enter/"
    assert not joining_details.is_contributor(hosted.session, mallory)
    assert not hosted_sessions(mallory).exists()
    assert host_members(hosted.session) == []


def test_what_was_typed_when_the_pages_closed_is_shown_again(hosted):
    client = entered(hosted)
    words = {"subject": "Bring a pen", "words": "We <draw>.", "act": "look"}

    with time_machine.travel(NOW + proof.PROOF_LIFE, tick=False):
        answer = client.post(f"{hosted.page}message/", words)

    page = answer.content.decode()
    assert "We &lt;draw&gt;." in page
    assert "Nothing was sent" in page
    assert "Ada" not in page

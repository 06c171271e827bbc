"""What a host typed after their pages had closed comes back with a new code, to the same address alone."""

from datetime import timedelta

import pytest
import time_machine

from hosting.models import HostWords
from members.models import TypedForm
from tests import make
from tests.hosting.conftest import entered, shown
from tests.make import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=13)
MESSAGE = {"subject": "Bring a pen", "words": "We draw.", "act": "look"}


@pytest.fixture
def sent_late(hosted):
    """A browser in which a message was sent after its page had closed, and the answer."""
    with time_machine.travel(NOW, tick=False):
        client = entered(hosted)
        form = client.get(f"{hosted.page}message/").context["form"]
        sent = MESSAGE | {"submission": str(form["submission"].value())}
    with time_machine.travel(LATER, tick=False):
        answer = client.post(f"{hosted.page}message/", sent)
    return client, answer.content.decode()


@pytest.fixture
def closed(sent_late):
    return sent_late[0]


def test_it_is_shown_and_nothing_is_sent(sent_late):
    page = sent_late[1]

    assert all(typed in page for typed in ("Your page has closed", "Bring a pen", "We draw."))
    assert not HostWords.objects.exists()


def test_a_new_code_leads_to_the_form_with_all_that_was_typed(closed, hosted):
    with time_machine.travel(LATER + timedelta(minutes=29), tick=False):
        answer = shown(closed, hosted)
        assert answer["Location"] == f"{hosted.page}message/"
        page = closed.get(answer["Location"])

    initial = page.context["form"].initial
    assert (initial["subject"], initial["words"]) == ("Bring a pen", "We draw.")
    assert "Nothing has been sent" in page.content.decode()
    assert not HostWords.objects.exists()


def test_another_address_gets_nothing_of_it(closed, hosted):
    ola = make.host(hosted.session, "Ola", email="ola@hosts.example")
    make.invited(ola, hosted.event)
    make.agreed(ola, hosted.event)

    with time_machine.travel(LATER, tick=False):
        answer = shown(closed, hosted, "ola@hosts.example")
        page = closed.get(f"{hosted.page}message/").content.decode()

    assert answer["Location"] == hosted.path
    assert "We draw." not in page


def test_after_half_an_hour_it_is_gone(closed, hosted):
    with time_machine.travel(LATER + timedelta(minutes=31), tick=False):
        answer = shown(closed, hosted)
        page = closed.get(f"{hosted.page}message/").content.decode()

    assert answer["Location"] == hosted.path
    assert "We draw." not in page


@pytest.mark.parametrize("is_sent", [True, False])
def test_it_is_forgotten_once_it_was_sent_or_they_leave(closed, hosted, is_sent):
    with time_machine.travel(LATER, tick=False):
        shown(closed, hosted)
        form = closed.get(f"{hosted.page}message/").context["form"]
        sent = MESSAGE | {"submission": str(form["submission"].value()), "act": "send"}
        path = f"{hosted.page}message/" if is_sent else f"{hosted.path}leave/"
        assert closed.post(path, sent).status_code == 302

    assert not TypedForm.objects.exists()
    assert HostWords.objects.count() == is_sent


def test_who_was_logged_in_finds_it_once_they_are_again(hosted):
    with time_machine.travel(NOW, tick=False):
        client = entered(hosted)
        hana = make.member("Hana", email="hana@hosts.example")
        client.force_login(hana)
        page = client.get(f"{hosted.page}message/")
        mark = page.content.decode().partition('name="typed_by" value="')[2].partition('"')[0]
        form = page.context["form"]
        client.logout()
        client.post(
            f"{hosted.page}message/",
            MESSAGE | {"typed_by": mark, "submission": str(form["submission"].value())},
        )
        assert "We draw." not in client.get(f"{hosted.page}message/", follow=True).content.decode()

        client.force_login(hana)
        again = client.get(f"{hosted.page}message/")

    assert again.context["form"].initial["words"] == "We draw."

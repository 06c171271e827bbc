"""The team reads what hosts wrote, word by word, and takes it or puts it back by one press."""

import pytest
from django.test import Client

from events.models import Session
from hosting.models import Rewording
from members.models import Member
from tests import make
from tests.contracts import people
from tests.hosting.conftest import Hosted
from tests.hosting.test_words import written
from workshops.programme.changes import save_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def desk(admin: Client) -> Client:
    """A browser of the team."""
    return admin


def address(hosted: Hosted) -> str:
    return f"/team/events/{hosted.event.slug}/sessions/huddle/"


def press(desk: Client, hosted: Hosted, act: str) -> str:
    """Press the button of the page as it is shown; return what is said then."""
    page, pk = desk.get(address(hosted)), Rewording.objects.get().pk
    seen = page.context["state"].reworded.seen
    return desk.post(f"{address(hosted)}words/{pk}/{act}/", {"seen": seen}, follow=True).content.decode()


def test_each_word_that_differs_is_marked(desk, hosted):
    Session.objects.filter(pk=hosted.session.pk).update(summary="We paint with oil.")
    hosted.session.refresh_from_db()
    written(hosted, summary="We draw with oil.")

    page = " ".join(desk.get(address(hosted)).content.decode().split())

    assert "</span>paint</del>" in page.replace(" </span>", "</span>")
    assert "</span>draw</ins>" in page.replace(" </span>", "</span>")


def test_it_is_taken_and_put_back_by_one_press_each(desk, hosted):
    written(hosted)

    assert "Taken: its page says so now" in press(desk, hosted, "take")
    assert Session.objects.get(pk=hosted.session.pk).summary == "We draw."
    assert "Put back: its page says" in press(desk, hosted, "put-back")
    assert Session.objects.get(pk=hosted.session.pk).summary == hosted.session.summary


def test_it_is_left_out_by_one_press_and_the_host_reads_that(desk, hosted):
    written(hosted)

    assert "Left as it is" in press(desk, hosted, "leave")

    assert "left out by" in desk.get(address(hosted)).content.decode()


def test_who_was_slower_is_told_and_nothing_is_done(desk, hosted):
    written(hosted)
    pk = Rewording.objects.get().pk

    page = desk.post(f"{address(hosted)}words/{pk}/take/", {"seen": "old"}, follow=True).content.decode()

    assert "It has changed since you looked" in page
    assert Rewording.objects.get().is_waiting


def test_the_page_says_what_somebody_else_has_changed_since_the_host_wrote(desk, hosted):
    written(hosted)
    assert "Changed meanwhile" not in desk.get(address(hosted)).content.decode()
    row = Session.objects.get(pk=hosted.session.pk)
    row.ground_rules = "Ours."
    save_session(row, by=make.BY, at=make.NOW)

    page = desk.get(address(hosted)).content.decode()

    assert "Ground rules: somebody has changed this since the host wrote" in page


def test_the_first_page_lists_it_until_it_is_decided(desk, hosted):
    written(hosted)
    assert "Hana wrote other words for it" in desk.get("/team/").content.decode()

    press(desk, hosted, "leave")

    assert "wrote other words" not in desk.get("/team/").content.decode()


def test_who_may_not_change_sessions_reads_it_and_decides_nothing(hosted):
    written(hosted)
    client, pk = Client(), Rewording.objects.get().pk
    support: Member = people.staff("Support")
    client.force_login(support)
    second = people.reader(support)

    assert "Take it" not in second.get(address(hosted)).content.decode()
    assert second.post(f"{address(hosted)}words/{pk}/take/", {"seen": "x"}).status_code == 403

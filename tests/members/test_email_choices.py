"""People turn emails off by a page, by the link of an email, or by their mail program's own button."""

import pytest
from django.test import Client

from audit.acts import Act
from audit.models import Entry
from members import email_choices
from members.models import AccountMerge, EmailsStopped, Member
from tests import letters, make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat
from tests.team.announcements import announcing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday", "site_address")]

CHOICE = "announcements"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def ada() -> Member:
    return make.member("Ada")


@pytest.fixture
def path(ada) -> str:
    return email_choices.stop_url(ada, CHOICE).removeprefix("https://events.example.org")


def stranger() -> Client:
    """A mail program: no cookie, no token of ours."""
    return Client(enforce_csrf_checks=True)


def test_the_address_in_an_email_says_neither_who_nor_what(ada, path):
    other = email_choices.stop_url(ada, CHOICE)

    assert str(ada.pk) not in path.split("/")
    assert CHOICE not in path
    assert not other.endswith(path)


def test_an_announcement_has_the_head_that_mail_programs_ask_for(ada):
    announcing.sent(make.member("Tess", membership="ended"))

    email = letters.only(letters.deliver(NOW))

    head = email.extra_headers
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert head["List-Id"] == "<announcements.events.example.org>"
    assert (head["Precedence"], head["Auto-Submitted"]) == ("bulk", "auto-generated")
    url = head["List-Unsubscribe"].strip("<>")
    assert f"Stop emails like this: {url}" in email.body
    stranger().post(url.removeprefix("https://events.example.org"), ONE_CLICK)
    assert not email_choices.wants(ada, CHOICE)


def test_what_people_need_has_no_way_to_stop_it(ada):
    announcing.sent(make.member("Tess", membership="ended"), service_reason="A new link.")

    email = letters.only(letters.deliver(NOW))

    assert "List-Unsubscribe" not in email.extra_headers
    assert "Stop emails like this" not in email.body


def test_a_mail_program_stops_them_in_one_press_without_cookie_or_token(ada, path):
    for _ in range(2):
        assert stranger().post(path, ONE_CLICK).status_code == 200

    assert not email_choices.wants(ada, CHOICE)
    assert Entry.objects.filter(act=Act.EMAILS_STOPPED, member_id=ada.pk).count() == 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing(ada, path, method):
    assert getattr(stranger(), method)(path).status_code == 200

    assert email_choices.wants(ada, CHOICE)


def test_the_page_has_one_button_that_needs_our_token(ada, path):
    assert "Stop these emails?" in stranger().get(path).text
    assert stranger().post(path).status_code == 403
    assert email_choices.wants(ada, CHOICE)

    done = Client().post(path, follow=True)

    assert "These emails have stopped" in done.text
    assert not email_choices.wants(ada, CHOICE)


def test_the_page_lets_its_own_button_say_where_it_was_pressed(path):
    """Told to send no referrer, browsers say of a form that it comes from nowhere, which is refused."""
    assert stranger().get(path)["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("made_up", ["1-announcements", "x" * 100, "gAAAAA"])
def test_an_address_that_was_made_up_is_not_found(made_up):
    assert stranger().post(f"/members/emails/stop/{made_up}/", ONE_CLICK).status_code == 404


def test_an_address_of_somebody_who_is_gone_says_that_they_have_stopped(ada, path):
    Member.objects.filter(pk=ada.pk).update(is_active=False)

    assert stranger().post(path, ONE_CLICK).status_code == 200
    assert "These emails have stopped" in stranger().get(path).text
    assert not EmailsStopped.objects.exists()


def test_an_address_of_an_account_that_went_into_another_stops_what_that_gets(ada, path):
    kept = make.member("Ada")
    AccountMerge.objects.create(kept=kept, ended=ada, asked_at=NOW, until=NOW, done_at=NOW)
    Member.objects.filter(pk=ada.pk).update(is_active=False)

    stranger().post(path, ONE_CLICK)

    assert not email_choices.wants(kept, CHOICE)


def test_on_their_page_they_turn_them_off_and_on_again(ada):
    their = people.reader(ada)
    assert f'name="{CHOICE}"' in their.get("/members/emails/").text

    off = flat(their.post("/members/emails/", {}, follow=True).text)
    assert "Your email choices are saved." in off
    assert not email_choices.wants(ada, CHOICE)

    their.post("/members/emails/", {CHOICE: "on"})
    assert email_choices.wants(ada, CHOICE)


def test_what_is_always_sent_is_said_with_why(ada):
    page = people.reader(ada).get("/members/emails/").text

    assert "What we always send" in page
    assert "codes to log in" in page


def test_what_one_turns_off_is_nobody_elses_choice(ada, path):
    bo = make.member("Bo")
    stranger().post(path, ONE_CLICK)

    assert email_choices.wants(bo, CHOICE)

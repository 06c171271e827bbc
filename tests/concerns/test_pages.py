"""The pages on which people report a concern: what stands first, and that nothing of who they are is kept."""

import logging

import pytest
import time_machine
from django.contrib import admin
from django.contrib.sessions.models import Session as BrowserSession

from audit.models import Entry
from concerns.models import Concern, Desk
from members.models import TypedForm
from notifications.models import Message
from tests import make
from tests.concerns import reports
from tests.contracts import people, tables
from tests.make import NOW

pytestmark = pytest.mark.django_db
PAGE, ANSWER = "/events/2026/concern/", "/events/2026/concern/answer/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def event():
    return make.event(slug="2026")


@pytest.fixture
def team(event):
    """Rita and Sam, who read concerns."""
    return reports.named(event)


def sent(client, **fields):
    """What a browser sends that has filled in what happened."""
    form = client.get(PAGE).context["form"]
    hidden = {"seen": form.initial["seen"], "submission": form.initial["submission"]}
    named = {"named": "no"} if "named" in form.fields else {}
    return {"what": "He shouted at her.", "wants": "code", **hidden, **named, **fields}


def code_in(answer):
    return answer.context["code"]


def test_what_to_do_in_danger_stands_first_then_who_reads_it_and_by_when_there_is_an_answer(event, team):
    html = people.reader().get(PAGE).text

    main = html[html.index("<main") :]
    found = [main.index(words) for words in ("tel:999", ">Rita<", ">Sam<", "4 November", "<form")]
    assert found == sorted(found)


def test_the_team_says_in_its_own_words_what_to_do_in_danger(event, team):
    Desk.objects.filter(event=event).update(in_danger="Run to **the lobby**.")

    html = people.reader().get(PAGE).text

    assert "<strong>the lobby</strong>" in html
    assert "tel:999" not in html


def test_where_one_reads_the_page_says_where_else_to_turn_and_where_nobody_does_there_is_no_form(event, team):
    event.concern_readers.filter(member=team[0]).delete()
    assert "If it is about them, do not write here" in people.reader().get(PAGE).text

    event.concern_readers.all().delete()
    html = people.reader().get(PAGE).text

    assert "Nobody is named yet" in html
    assert 'name="what"' not in html


def test_a_visitor_reports_and_reads_the_answer_with_the_code_and_nothing_of_them_is_kept(
    event, team, caplog
):
    client = people.reader()
    caplog.set_level(logging.DEBUG)
    fields = sent(client)
    caplog.clear()

    answer = client.post(PAGE, fields)

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "sessionid" not in client.cookies
    assert not BrowserSession.objects.exists()
    assert not TypedForm.objects.exists()
    assert [one for one in caplog.messages if "concern" in one or "127.0.0.1" in one] == []
    assert "He shouted at her." in client.post(ANSWER, {"secret_code": code_in(answer)}).text
    assert code_in(answer) not in client.get(ANSWER).text


def test_who_is_logged_in_and_says_no_name_is_in_no_row_that_was_written(event, team):
    orla = make.member("Orla", email="orla@members.example")
    client = people.reader(orla)
    fields = sent(client)
    before = tables.digests()

    client.post(PAGE, fields)

    written = tables.changed(before)
    assert written == {"concerns_concern", "concerns_recipient", "audit_entry", "notifications_message"}
    # Digests hold no "o", as they hold "ada" now and then.
    assert not any("orla" in str(value).lower() for value in Concern.objects.values_list().get())
    assert not Concern.objects.exclude(reporter=None).exists()
    assert {(one.actor_id, one.member_id) for one in Entry.objects.filter(act="concern.reported")} == {
        (None, None)
    }
    assert not Message.objects.filter(member=orla).exists()


def test_what_is_refused_is_written_into_no_log_and_comes_back(event, team, caplog):
    client = people.reader()
    fields = sent(client, wants="reach")
    caplog.clear()

    answer = client.post(PAGE, fields)

    assert "Say how we reach you" in answer.text
    assert "He shouted at her." in answer.text
    assert caplog.messages == []
    assert not Concern.objects.exists()


def test_to_be_emailed_one_has_to_say_who_one_is(event, team):
    client = people.reader(make.member("Ada"))

    answer = client.post(PAGE, sent(client, wants="email"))
    assert "To email you we have to know who you are" in answer.text
    client.post(PAGE, sent(client, wants="email", named="yes"))

    concern = Concern.objects.get()
    assert concern.reporter is not None


def test_who_gave_their_name_reads_the_answer_logged_in_and_nobody_else_does(event, team):
    ada = make.member("Ada")
    concern = reports.reported(event, reporter=ada)

    assert "He shouted at her." in people.reader(ada).get(ANSWER).text
    bo = people.reader(make.member("Bo"))
    assert "He shouted at her." not in bo.get(ANSWER).text
    assert "He shouted at her." not in bo.post(ANSWER, {"concern": concern.pk}).text
    bo.post(ANSWER, {"concern": concern.pk, "more": "Not mine"})
    assert not concern.remarks.exists()


def test_a_program_that_fills_in_what_nobody_sees_is_kept_and_mails_nobody(event, team):
    client = people.reader()

    client.post(PAGE, sent(client, website="https://spam.example"))

    assert Concern.objects.get().is_suspected
    assert not Message.objects.exists()


def test_a_session_is_chosen_that_the_way_led_from(event, team):
    make.session(event, slug="flow")

    html = people.reader().get(f"{PAGE}?session=flow").text

    assert '<option value="flow" selected>' in html


@pytest.mark.parametrize("path", ["/events/2026/", "/events/2026/sessions/flow/"])
def test_pages_of_the_event_lead_there(event, team, path):
    make.session(event, slug="flow")

    assert PAGE in people.reader().get(path).text


def test_the_short_address_leads_to_the_next_event_and_without_one_to_the_team(event):
    assert people.reader().get("/concern/").headers["Location"] == PAGE
    type(event).objects.update(status="draft")
    assert people.reader().get("/concern/").headers["Location"] == "/contact/"


def test_no_page_of_the_team_nor_of_the_admin_shows_a_concern_to_whom_it_was_not_sent(event, team):
    concern = reports.reported(event, "S3CRET", about_whom="S3CRET")
    root = people.reader(people.admin())

    assert root.get(f"/team/concerns/{concern.address}/").status_code == 404
    assert root.post(f"/team/concerns/{concern.address}/").status_code == 404
    assert "Nothing was sent to you" in root.get("/team/concerns/").text
    assert 'id="concerns"' not in root.get("/team/").text
    assert not [model for model in admin.site._registry if model._meta.app_label == "concerns"]


def test_a_reader_sees_nothing_of_it_before_a_press_which_is_recorded(event, team):
    concern = reports.reported(event, "S3CRET", about_whom="S3CRET")
    client, path = people.reader(team[0]), f"/team/concerns/{concern.address}/"

    assert "S3CRET" not in client.get("/team/concerns/").text
    assert "S3CRET" not in client.get(path).text
    assert "S3CRET" in client.post(path).text
    assert Entry.objects.filter(act="concern.read", actor_id=team[0].pk).count() == 1


def test_the_first_page_says_what_waits_for_a_reader_and_what_is_overdue(event, team):
    concern = reports.reported(event)
    client = people.reader(team[0])
    assert "1 concern waits" in client.get("/team/").text

    Concern.objects.filter(pk=concern.pk).update(answer_by=NOW)
    with time_machine.travel(NOW.replace(hour=12), tick=False):
        assert "1 answer is overdue" in client.get("/team/").text


def test_the_first_page_asks_who_plans_for_two_people_who_read(event):
    assert (
        f"Name two people who read concerns of {event.title}"
        in people.reader(people.admin()).get("/team/").text
    )
    reports.named(event)
    assert "Name two people" not in people.reader(people.staff("Event admin")).get("/team/").text


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_the_same_of_one_and_of_thirty(event, team, number, django_assert_num_queries):
    for n in range(number):
        reports.reported(event, f"Number {n}")
    client = people.reader(team[0])

    with django_assert_num_queries(4):
        client.get("/team/concerns/")


def test_what_a_reader_typed_stays_where_no_button_of_ours_sent_it(event, team):
    concern = reports.reported(event)
    client, path = people.reader(team[0]), f"/team/concerns/{concern.address}/"

    page = client.post(path, {"words": "We are sorry.", "seen": concern.version}).text

    assert "Nothing was done: press one of the buttons." in page
    assert "We are sorry.</textarea>" in page
    assert not concern.remarks.exists()

"""Setting up a second step, giving it, and what ends it; all of it without a script but the passkeys."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from audit.models import Entry
from members.accounts import factors
from notifications.models import Message
from tests import make, second_step
from tests.contracts import people
from tests.members.accounts.second_steps import AT, GIVE, by_password, errors, give, key_of, told
from tests.members.accounts.signing_up import PASSWORD, code_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_an_app_is_set_up_and_leads_on_to_the_page_they_came_for(tess):
    client = second_step.about_to_set_up(tess)
    begun = client.get("/team/")
    page = client.get(begun["Location"])
    app = client.get("/accounts/second-step/app/?next=/team/")
    sent = {"code": second_step.code(AT, key_of(app.text)), "next": "/team/"}

    done = client.post("/accounts/second-step/app/", sent)
    codes = client.get(done["Location"])

    assert begun["Location"] == "/accounts/second-step/?next=/team/"
    assert 'href="/accounts/second-step/app/?next=%2Fteam%2F"' in page.text
    assert "<svg" in app.text
    assert done["Location"] == "/accounts/second-step/codes/?next=%2Fteam%2F"
    assert len(re.findall(r"<code>\d{8}</code>", codes.text)) == 10
    assert 'href="/team/"' in codes.text
    assert client.get("/team/").status_code == 200
    assert list(Entry.objects.values_list("act", flat=True)) == ["member.factor-added"]
    assert list(Message.objects.values_list("kind", "member__name")) == [("second-factor", "Tess")]


def test_the_key_stays_the_same_until_its_first_code_is_right(tess):
    client = second_step.about_to_set_up(tess)

    pages = [client.get("/accounts/second-step/app/").text for _ in range(2)]
    wrong = client.post("/accounts/second-step/app/", {"code": "000000"})

    assert len({key_of(page) for page in (*pages, wrong.text)}) == 1
    assert errors(wrong) == ["This is not the code of now. Wait for the next one, and enter that."]
    assert not Authenticator.objects.exists()


def test_the_key_is_not_in_the_database_as_it_is(tess):
    client = second_step.about_to_set_up(tess)
    secret = key_of(client.get("/accounts/second-step/app/").text)
    in_session = str(dict(client.session.items()))

    client.post("/accounts/second-step/app/", {"code": second_step.code(AT, secret)})

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert secret not in in_session
    assert "factor_secret" not in client.session


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_code_of_now_or_just_before_or_after_opens_the_team_pages(tess, seconds):
    second_step.app_of(tess)
    client = by_password(tess)
    before = client.session.session_key

    answer = give(client, second_step.code(AT + timedelta(seconds=seconds)))

    assert (answer.status_code, answer["Location"]) == (302, "/team/")
    assert client.get("/team/").status_code == 200
    assert client.session.session_key != before


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_code_of_earlier_or_later_opens_nothing(tess, seconds):
    second_step.app_of(tess)
    client = by_password(tess)

    answer = give(client, second_step.code(AT + timedelta(seconds=seconds)))

    assert errors(answer) == ["This is not a code of yours, or it was used before. Try the next one."]
    assert client.get("/team/").status_code == 302


def test_a_code_is_taken_once_and_none_before_it(tess):
    second_step.app_of(tess)
    code, earlier = second_step.code(AT), second_step.code(AT - timedelta(seconds=30))

    statuses = [give(by_password(tess), one).status_code for one in (code, code, earlier)]

    assert statuses == [302, 200, 200]


def test_a_recovery_code_works_once(tess):
    second_step.app_of(tess)
    first = by_password(tess)
    give(first, second_step.code(AT))
    first.post("/accounts/second-step/codes/")
    code = re.findall(r"<code>(\d{8})</code>", first.get("/accounts/second-step/codes/").text)[3]

    statuses = [give(by_password(tess), f"{code[:4]} {code[4:]}").status_code for _ in range(2)]

    assert statuses == [302, 200]
    assert code not in first.get("/accounts/second-step/codes/").text


def test_ten_wrong_codes_close_the_door_for_ten_minutes_wherever_they_come_from(tess, clock):
    second_step.app_of(tess)
    for _ in range(10):
        give(by_password(tess), "000000")

    refused = give(by_password(tess), second_step.code(AT))
    clock.shift(timedelta(minutes=10))
    later = give(by_password(tess), second_step.code(AT + timedelta(minutes=10)))

    assert errors(refused) == ["There were too many wrong codes. Try again in ten minutes."]
    assert later.status_code == 302


def test_the_owner_is_told_of_too_many_wrong_codes_once_and_of_a_recovery_code(tess):
    second_step.app_of(tess)
    factors.renew_recovery_codes(tess, at=AT)
    code = factors.recovery_codes(tess)[0]

    give(by_password(tess), code)
    for _ in range(13):
        give(by_password(tess), "000000")

    assert told(tess) == ["codes", "recovery", "attempts"]
    assert list(Entry.objects.order_by("pk").values_list("act", flat=True)) == [
        "member.recovery-codes-made",
        "member.recovery-code-used",
        "member.factor-refused",
    ]


def test_codes_of_a_new_app_are_counted_apart(tess):
    second_step.app_of(tess)
    client = people.reader(tess)
    for _ in range(11):
        refused = client.post("/accounts/second-step/app/", {"code": "000000"})

    given = give(by_password(tess), second_step.code(AT))

    assert errors(refused) == ["There were too many wrong codes. Try again in ten minutes."]
    assert given.status_code == 302


def test_a_second_step_whose_key_is_lost_says_who_helps(tess):
    app = second_step.app_of(tess)
    recovery = Authenticator.objects.create(user=tess, type="recovery_codes", data={"seed": "lost"})
    app.data["secret"] = "lost"
    app.save()

    answer = give(by_password(tess), second_step.code(AT))
    page = people.reader(tess).get("/accounts/second-step/codes/")

    assert errors(answer) == ["We can no longer read your second step. Ask two of the team to reset it."]
    assert "Make new ones" in page.text
    assert recovery.pk


def test_right_codes_are_no_guesses(tess, clock):
    second_step.app_of(tess)

    statuses = []
    for _ in range(12):
        clock.shift(timedelta(seconds=30))
        statuses.append(give(by_password(tess), second_step.code(datetime.now(UTC))).status_code)

    assert statuses == [302] * 12


def test_a_code_of_somebody_else_opens_nothing(tess):
    second_step.app_of(tess)
    bo = make.member("Bo", is_staff=True)
    second_step.app_of(bo, "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")

    answer = give(by_password(bo), second_step.code(AT))

    assert answer.status_code == 200


START_BY_CODE = "First a code by email"


def test_a_member_without_rights_needs_none_and_sets_up_none():
    client = by_password(make.member("Ada"))

    page, app = client.get("/accounts/second-step/"), client.get("/accounts/second-step/app/")

    assert "You need none" in page.text
    assert app["Location"] == "/accounts/second-step/"


def test_logging_in_goes_on_to_the_second_step_for_the_team_s_pages_alone():
    tess = make.member("Tess", is_staff=True, email="tess@example.org", password=PASSWORD)
    second_step.app_of(tess)
    client = Client()

    arrived = client.post("/accounts/login/", {"login": tess.email, "password": PASSWORD, "next": "/team/"})
    asked = client.get("/team/")

    assert (arrived["Location"], asked["Location"]) == ("/team/", f"{GIVE}?next=/team/")
    assert client.get("/members/profile/").status_code == 200


def test_an_emailed_code_is_no_second_step():
    tess = make.member("Tess", is_staff=True, email="tess@example.org")
    second_step.app_of(tess)
    client = Client()
    client.post("/accounts/login/code/", {"email": tess.email})

    client.post("/accounts/login/code/confirm/?next=/team/", {"code": code_for(tess.email)})
    asked = client.get("/team/")
    given = give(client, code_for(tess.email))

    assert asked["Location"] == f"{GIVE}?next=/team/"
    assert (given.status_code, client.get("/team/").status_code) == (200, 302)


def test_words_that_met_the_second_step_come_back(tess):
    tess.is_superuser = True
    tess.save()
    second_step.app_of(tess)
    client = by_password(tess)
    path = "/admin/members/listedaddress/add/"

    asked = client.post(path, {"email": "lee@list.example", "name": "Lee"})
    given = client.post(GIVE, {"code": second_step.code(AT), "next": path})
    page = client.get(given["Location"])

    assert asked["Location"] == f"{GIVE}?next={path}"
    assert 'value="lee@list.example"' in page.text

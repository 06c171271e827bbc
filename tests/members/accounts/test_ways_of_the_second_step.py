"""Ways of the second step are added, renewed and removed: by whom, with what proof, and who is told."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from audit.models import Entry
from members.accounts import factors
from notifications.models import Message
from tests import make, second_step
from tests.contracts import people
from tests.members.accounts.second_steps import AT, GIVE, by_password, give, key_of
from tests.members.accounts.signing_up import PASSWORD, code_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


START_BY_CODE = "First a code by email"


def test_who_has_none_is_led_from_where_it_is_given_to_where_it_is_set_up(tess):
    answer = by_password(tess).get(f"{GIVE}?next=/team/posts/")

    assert answer["Location"] == "/accounts/second-step/?next=%2Fteam%2Fposts%2F"


@pytest.mark.parametrize("page", ["app/", "passkey/", "codes/"])
def test_with_a_password_alone_nobody_adds_one_beside_one_there_is(tess, page):
    second_step.app_of(tess)

    answer = by_password(tess).get(f"/accounts/second-step/{page}")

    assert answer["Location"] == f"{GIVE}?next=/accounts/second-step/{page}"


def test_a_first_one_asks_for_a_code_by_email_and_then_for_the_password(clock):
    tess = make.member("Tess", is_staff=True, email="tess@example.org", password=PASSWORD)
    client = Client()
    client.post("/accounts/login/", {"login": tess.email, "password": PASSWORD})
    app = "/accounts/second-step/app/?next=%2Fteam%2F"

    first = client.get(app)
    out = client.post("/accounts/logout/", {"next": f"/accounts/login/code/?next={quote(app, safe='')}"})
    client.post(out["Location"], {"email": tess.email})
    confirm = f"/accounts/login/code/confirm/?next={quote(app, safe='')}"
    by_code = client.post(confirm, {"code": code_for(tess.email)})
    asked = client.get(by_code["Location"])
    back = client.post(asked["Location"], {"password": PASSWORD})

    assert START_BY_CODE in first.text
    assert f'value="/accounts/login/code/?next={quote(app, safe="")}"' in first.text
    assert asked["Location"].startswith("/accounts/reauthenticate/?next=")
    assert back["Location"] == app
    assert key_of(client.get(app).text)
    clock.shift(timedelta(minutes=16))
    assert START_BY_CODE in client.get(app).text


@pytest.mark.parametrize("method", ["password", "password_reset", "signup"])
@pytest.mark.parametrize("page", ["app/", "passkey/"])
def test_with_one_proof_nobody_sets_up_a_first_one(method, page):
    tess = make.member("Tess", is_staff=True, password=PASSWORD)
    client = second_step.logged_in_by(method, tess)
    sent = {"code": second_step.code(AT), "credential": "{}"}

    answers = [
        client.get(f"/accounts/second-step/{page}"),
        client.post(f"/accounts/second-step/{page}", sent),
    ]

    assert [START_BY_CODE in one.text for one in answers] == [True, True]
    assert not Authenticator.objects.exists()


def test_what_was_set_up_meanwhile_is_asked_for_before_another(tess):
    secret = factors.new_secret()
    second_step.app_of(tess)

    with pytest.raises(factors.NotTheFirst):
        factors.add_app(tess, secret, second_step.code(AT, secret), at=AT)

    assert Authenticator.objects.filter(type="totp").count() == 1
    assert factors.add_app(tess, secret, second_step.code(AT, secret), at=AT, beside=True)


def test_superusers_are_told_of_a_first_one_and_of_no_other(tess):
    root = make.member("Root", is_superuser=True)
    make.member("Gone", is_superuser=True, is_active=False)

    factors.add_app(tess, second_step.SECRET, second_step.code(AT), at=AT)
    factors.add_app(tess, second_step.SECRET, second_step.code(AT), at=AT, beside=True)

    told = Message.objects.filter(kind="first-factor").values_list("member", "payload")
    assert list(told) == [(root.pk, {"of": tess.pk})]


def test_the_last_one_stays_and_another_can_go(tess):
    app = second_step.app_of(tess)
    spare = Authenticator.objects.create(user=tess, type="webauthn", data={"name": "Desk"})
    client = by_password(tess)
    give(client, second_step.code(AT))

    for factor in (spare, app):
        client.post(f"/accounts/second-step/{factor.pk}/remove/")

    assert list(Authenticator.objects.filter(type__in=["totp", "webauthn"])) == [app]
    assert Entry.objects.filter(act="member.factor-removed").count() == 1


def add_spare(client: Client, app: Authenticator) -> None:
    """Give the place of the app to another."""
    key = key_of(client.get("/accounts/second-step/app/").text)
    client.post("/accounts/second-step/app/", {"code": second_step.code(AT, key)})


def remove_spare(client: Client, app: Authenticator) -> None:
    Authenticator.objects.create(user=app.user, type="webauthn", data={"name": "Desk"})
    client.post(f"/accounts/second-step/{app.pk}/remove/")


def renew(client: Client, app: Authenticator) -> None:
    client.post("/accounts/second-step/codes/")


@pytest.mark.parametrize("act", [add_spare, remove_spare, renew])
def test_what_changes_of_it_logs_out_everywhere_else(tess, act):
    app, bo = second_step.app_of(tess), second_step.logged_in_by("password", make.member("Bo"))
    here, stolen = (people.reader(tess) for _ in range(2))

    act(here, app)

    assert [here.get("/team/").status_code, stolen.get("/team/")["Location"]] == [
        200,
        "/accounts/login/?next=/team/",
    ]
    assert bo.get("/members/profile/").status_code == 200


def test_who_has_one_and_no_password_sets_a_password():
    tess = make.member("Tess", is_staff=True, email="tess@example.org")
    second_step.app_of(tess)
    client = second_step.logged_in_by("code", tess)

    page = client.get("/accounts/password/set/")
    give(client, second_step.code(AT))
    client.post("/accounts/password/set/", {"password1": PASSWORD})

    tess.refresh_from_db()
    assert (page.status_code, tess.has_usable_password()) == (200, True)


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("/accounts/email/", {"email": "thief@example.org", "action_add": ""}),
        ("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "four new green bottles"}),
    ],
)
def test_with_a_password_alone_nobody_changes_the_ways_in_of_who_has_one(page, sent):
    tess = make.member("Tess", is_staff=True, email="tess@example.org", password=PASSWORD)
    second_step.app_of(tess)
    ada = make.member("Ada", password=PASSWORD)

    stolen = by_password(tess).post(page, sent)
    member = by_password(ada).post(page, sent)

    assert stolen["Location"] == f"{GIVE}?next={page}"
    assert not member["Location"].startswith(GIVE)
    tess.refresh_from_db()
    assert tess.check_password(PASSWORD)
    assert not Message.objects.filter(kind="address-changed").exists()


@pytest.mark.parametrize(
    "credential", ["5", "0.5", "[]", "true", '"words"', "{}", "no JSON", "9" * 5_000, "[" * 30_000]
)
def test_what_no_browser_makes_of_a_passkey_is_refused_and_its_name_is_kept(tess, credential):
    app, client = second_step.app_of(tess), people.reader(tess)
    sent = {"credential": credential, "label": "Desk"}

    made = client.post("/accounts/second-step/passkey/", sent)
    given = by_password(tess).post(GIVE, sent)

    assert [made.status_code, given.status_code] == [200, 200]
    assert made.context["form"]["label"].value() == "Desk"
    assert list(Authenticator.objects.filter(type__in=["totp", "webauthn"])) == [app]


def test_nobody_removes_what_is_another_s(tess):
    app = second_step.app_of(tess)
    bo = make.member("Bo", is_staff=True)
    second_step.app_of(bo)
    client = by_password(bo)
    give(client, second_step.code(AT))

    answer = client.post(f"/accounts/second-step/{app.pk}/remove/")

    assert (answer.status_code, Authenticator.objects.filter(pk=app.pk).exists()) == (404, True)

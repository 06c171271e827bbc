"""Whoever stole a mailbox sets up no first second step; whoever is new gets in without anybody's help."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from members.accounts import factor_reset, first_factor
from members.models import Member
from tests import make, second_step
from tests.answers import Answer
from tests.contracts import people
from tests.found import found
from tests.members.accounts.signing_up import PASSWORD, code_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

APP = "/accounts/second-step/app/"
NEW_PASSWORD = "four new green bottles"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def tess() -> Member:
    return make.member("Tess", is_staff=True, email="tess@example.org", password=PASSWORD)


def reset_password(client: Client, email: str) -> None:
    """What whoever reads the mail can do: choose a new password, which logs in."""
    client.post("/accounts/password/reset/", {"email": email})
    client.post("/accounts/password/reset/confirm/", {"code": code_for(email)})
    client.post("/accounts/password/reset/complete/", {"password1": NEW_PASSWORD})


def log_in_by_code(client: Client, email: str) -> None:
    client.post("/accounts/logout/")
    client.post("/accounts/login/code/", {"email": email})
    client.post("/accounts/login/code/confirm/", {"code": code_for(email)})


def with_all_proofs(email: str, password: str = "") -> Client:
    """A browser in which somebody has given the code by email and, if they have one, the password."""
    client = Client()
    log_in_by_code(client, email)
    if password:
        client.post("/accounts/reauthenticate/", {"password": password})
    return client


def set_up(client: Client) -> Answer:
    page = client.get(APP)
    key = re.search(r'value="([A-Z2-7 ]{32,})"', page.text)
    sent = {"code": second_step.code(now(), key[1].replace(" ", ""))} if key else {"code": "000000"}
    return client.post(APP, sent)


def has_one() -> bool:
    return bool(Authenticator.objects.exists())


def asks_for_a_colleague(answer: Answer) -> bool:
    return "First a word with a colleague" in answer.text


def test_whoever_stole_the_mailbox_sets_up_none_with_a_new_password(tess, clock):
    thief = Client()
    reset_password(thief, tess.email)
    log_in_by_code(thief, tess.email)
    thief.post("/accounts/reauthenticate/", {"password": NEW_PASSWORD})

    answers = [thief.get(APP), set_up(thief)]

    assert [asks_for_a_colleague(one) for one in answers] == [True, True]
    assert "within the last 30 days" in answers[0].text
    assert not has_one()


def test_nor_by_changing_it_once_more_nor_where_there_was_none(tess):
    thief = Client()
    reset_password(thief, tess.email)
    thief.post(
        "/accounts/password/change/", {"oldpassword": NEW_PASSWORD, "password1": "five new blue bottles"}
    )
    changed = set_up(with_all_proofs(tess.email, "five new blue bottles"))
    bo = make.member("Bo", is_staff=True, email="bo@example.org")
    without = with_all_proofs(bo.email)
    none = set_up(without)
    without.post("/accounts/password/set/", {"password1": NEW_PASSWORD})
    new = set_up(without)

    assert [asks_for_a_colleague(one) for one in (changed, none, new)] == [True] * 3
    assert "without a password" in none.text
    assert not has_one()


def test_a_password_of_long_ago_is_a_proof(tess, clock):
    reset_password(Client(), tess.email)
    clock.shift(timedelta(days=30, minutes=1))

    answer = set_up(with_all_proofs(tess.email, NEW_PASSWORD))

    assert (answer.status_code, has_one()) == (302, True)


def save_rights(root: Member, member: Member) -> None:
    """Give the tick for staff in the admin."""
    client = people.reader(root)
    page = reverse("admin:members_member_change", args=[member.pk])
    form = client.get(page).context["adminform"].form
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    assert client.post(page, sent | {"is_staff": "on"}).status_code == 302


@pytest.mark.parametrize(("days", "gets_in"), [(6, True), (8, False)])
def test_who_is_new_in_the_team_sets_one_up_within_a_week_with_the_mailbox_alone(clock, days, gets_in):
    ada = make.member("Ada", email="ada@example.org")
    save_rights(people.admin(), ada)
    clock.shift(timedelta(days=days))

    answer = set_up(with_all_proofs(ada.email))

    assert (has_one(), asks_for_a_colleague(answer)) == (gets_in, not gets_in)


def test_a_superuser_lets_them_on_their_page(tess):
    root = people.admin()
    reset_password(Client(), tess.email)
    page = reverse("admin:members_member_second_step", args=[tess.pk])
    shown = people.reader(root).get(page)

    said = people.reader(root).post(page, {"let": "1"}, follow=True)
    set_up(with_all_proofs(tess.email, NEW_PASSWORD))

    assert "Let them set one up" in shown.text
    assert "Tess can set up a second step within the next seven days." in said.text
    assert has_one()
    assert list(Entry.objects.filter(act="member.first-factor-let").values_list("actor_id", "member_id")) == [
        (root.pk, tess.pk)
    ]


@pytest.mark.parametrize("by", ["support", "themselves", "of one with a second step", "of a member"])
def test_nobody_else_lets_and_nobody_is_let_who_needs_it_not(tess, by):
    root, ada = people.admin(), make.member("Ada")
    who, member = {
        "support": (people.staff("Support"), tess),
        "themselves": (root, root),
        "of one with a second step": (root, tess),
        "of a member": (root, ada),
    }[by]
    if by == "of one with a second step":
        second_step.app_of(tess)

    with pytest.raises(first_factor.NotLet):
        first_factor.let(member, by=who, at=now())

    assert not Entry.objects.exists()


def by_two(tess: Member) -> None:
    factor_reset.ask(tess, by=people.staff("Support"), at=now())
    factor_reset.confirm(tess, by=people.admin(), at=now())


def by_command(tess: Member) -> None:
    call_command("reset_second_factor", tess.email)


@pytest.mark.parametrize("reset", [by_two, by_command])
def test_whose_second_step_was_reset_sets_up_a_new_one(tess, reset):
    second_step.app_of(tess)
    reset_password(Client(), tess.email)
    reset(tess)

    set_up(with_all_proofs(tess.email, NEW_PASSWORD))

    assert found(Authenticator.objects.filter(type="totp").first()).user == tess

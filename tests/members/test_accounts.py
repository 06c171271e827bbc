"""Accounts as a person lives them: sign up, confirm, log in, reset, change; and as an attacker tries them."""

import re
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from members.emails import account_code, account_notice
from members.models import ListedAddress, Member
from notifications.models import Message
from tests import make

pytestmark = pytest.mark.django_db

PASSWORD = "three small otters"
ADA = {"name": "Ada", "email": "ada@example.org", "password1": PASSWORD}


@pytest.fixture(autouse=True)
def fresh_limits():
    """The limits live in the cache."""
    cache.clear()
    yield
    cache.clear()


def code_for(email: str) -> str:
    return Message.objects.filter(email=email, secret__has_key="code").latest("id").secret["code"]


def kinds_for(email: str) -> list[str]:
    return list(Message.objects.filter(email=email).order_by("id").values_list("kind", flat=True))


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sign_up(client: Client, **fields):
    return client.post("/accounts/signup/", {**ADA, **fields})


def confirm(client: Client, code: str, path: str = "/accounts/confirm-email/", **fields):
    return client.post(path, {"code": code, **fields})


def log_in(client: Client, email="ada@example.org", password=PASSWORD, **fields):
    return client.post("/accounts/login/", {"login": email, "password": password, **fields})


def ada(**fields) -> Member:
    return make.member("Ada", **({"email": "ada@example.org", "password": PASSWORD} | fields))


# ---- Signing up -------------------------------------------------------------------------------


def test_who_signs_up_and_confirms_with_the_code_is_logged_in_and_waits(client):
    answer = sign_up(client)
    before = is_logged_in(client)
    confirmed = confirm(client, code_for("ada@example.org"))

    member = Member.objects.get()
    assert (answer.status_code, answer.url) == (302, "/accounts/confirm-email/")
    assert not before
    assert (confirmed.status_code, confirmed.url) == (302, "/members/membership/")
    assert is_logged_in(client)
    assert (member.name, member.email, member.membership) == ("Ada", "ada@example.org", "waiting")
    assert kinds_for("ada@example.org") == ["confirm-address"]


def test_who_is_on_the_list_is_a_member_at_once(client):
    ListedAddress.objects.create(email="ada@example.org")

    sign_up(client, email="Ada@Example.ORG")
    confirm(client, code_for("ada@example.org"))

    assert Member.objects.get().membership == Member.Membership.ACTIVE
    assert "Welcome, Ada" in client.get("/members/membership/").content.decode()


def test_the_code_is_eight_digits_is_wiped_from_the_letter_and_lives_fifteen_minutes(client):
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False):
        sign_up(client)

    message = Message.objects.get()
    letter = account_code(message)
    assert re.fullmatch(r"\d{4}-\d{4}", message.secret["code"])
    assert message.not_after - message.created_at == timedelta(minutes=15)
    assert message.secret["code"] in letter.text
    assert message.secret["code"] in letter.html
    assert message.secret["code"] not in letter.subject
    assert letter.to == "ada@example.org"


def test_a_code_that_was_wiped_is_not_sent_again(client):
    sign_up(client)
    message = Message.objects.get()
    message.secret = None

    assert account_code(message) is None
    assert account_notice(message) is None


def test_the_code_may_be_typed_without_its_dash_and_with_spaces(client):
    sign_up(client)

    confirm(client, f" {code_for('ada@example.org').replace('-', ' ')} ")

    assert is_logged_in(client)


def test_a_mail_to_an_address_nobody_has_confirmed_never_carries_a_name(client):
    sign_up(client, name="WIN A PRIZE at evil.example")

    letter = account_code(Message.objects.get())

    assert "PRIZE" not in letter.text + letter.html + letter.subject


@pytest.mark.parametrize("seconds", [901, 3600])
def test_a_code_is_worth_nothing_after_fifteen_minutes(client, seconds):
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False) as clock:
        sign_up(client)
        code = code_for("ada@example.org")
        clock.shift(seconds)
        answer = confirm(client, code)

    assert answer.url == "/accounts/login/"
    assert not is_logged_in(client)


def test_a_new_code_can_be_asked_for_and_the_old_one_is_void(client):
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False) as clock:
        sign_up(client)
        first = code_for("ada@example.org")
        clock.shift(30)
        client.post("/accounts/confirm-email/", {"action": "resend"})
        second = code_for("ada@example.org")
        refused = confirm(client, first)
        confirm(client, second)
        logged_in = is_logged_in(client)

    assert first != second
    assert refused.status_code == 200
    assert "This is not the code from the email" in refused.content.decode()
    assert logged_in


def test_guessing_a_code_ends_after_five_attempts(client):
    sign_up(client)
    code = code_for("ada@example.org")
    wrong = "0000-0000" if code != "0000-0000" else "1111-1111"

    answers = [confirm(client, wrong).status_code for _ in range(5)]
    right = confirm(client, code)

    assert answers == [200, 200, 200, 200, 302]
    assert right.url == "/accounts/login/"
    assert not is_logged_in(client)


def test_the_way_to_the_event_is_kept_through_sign_up_and_confirmation(client):
    sign_up(client, next="/events/2026/register/")

    answer = confirm(client, code_for("ada@example.org"))

    assert answer.url == "/events/2026/register/"


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_way_never_leads_to_another_site(client, evil):
    sign_up(client, next=evil)

    answer = confirm(client, code_for("ada@example.org"))

    assert answer.url == "/members/membership/"


@pytest.mark.parametrize(
    "name",
    ["Zoë O’Brien-Ó Súilleabháin", "李小龍", "محمد", "Ｎ", "می‌خواهم", "x" * 150, "J. R. R. 3rd", "<b>Bo</b>"],
)
def test_a_name_is_kept_as_she_writes_it(client, name):
    sign_up(client, name=f"  {name} ")

    assert Member.objects.get().name == name


@pytest.mark.parametrize(
    "name", ["", " ", "a\nb", "a\x00b", "a\x1bb", "\u202egnp.exe", "x" * 151, "\u200b", "\u2028"]
)
def test_a_name_that_hides_something_is_refused_beside_the_field(client, name):
    answer = sign_up(client, name=name)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["name"]
    assert 'value="ada@example.org"' in answer.content.decode()
    assert not Member.objects.exists()


@pytest.mark.parametrize("password", ["short", "password123", "ada@example.org", "1234567890\x00"])
def test_a_weak_password_is_refused_beside_the_field(client, password):
    answer = sign_up(client, password1=password)

    assert list(answer.context["form"].errors) == ["password1"]
    assert not Member.objects.exists()


# ---- What nobody learns: whether an address has an account ----------------------------------------


def same(page: str) -> str:
    """A page without what differs on every visit."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_signing_up_with_a_known_address_answers_the_same_and_mails_its_owner(client):
    ada()
    stranger = Client()

    known = sign_up(stranger, name="Eve", password1="another fine password")
    unknown = sign_up(client, email="bob@example.org")
    known_page, unknown_page = (each.get("/accounts/confirm-email/") for each in (stranger, client))

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert same(known_page.content.decode()).replace("ada@", "bob@") == same(unknown_page.content.decode())
    assert kinds_for("ada@example.org") == ["account-exists"]
    assert Member.objects.get(email="ada@example.org").name == "Ada"


def test_a_wrong_code_is_answered_the_same_for_a_known_address(client):
    ada()
    stranger = Client()
    sign_up(stranger)
    sign_up(client, email="bob@example.org")

    known = [confirm(stranger, "0000-0000") for _ in range(5)]
    unknown = [confirm(client, "0000-0000") for _ in range(5)]

    assert [answer.status_code for answer in known] == [answer.status_code for answer in unknown]
    assert known[-1].url == unknown[-1].url
    assert not is_logged_in(stranger)


def test_signing_up_with_a_known_address_takes_as_long(client, settings):
    settings.PASSWORD_HASHERS = ["tests.members.test_accounts.CountingHasher"]
    ada()
    CountingHasher.count = 0

    sign_up(client)
    known = CountingHasher.count
    sign_up(Client(), email="bob@example.org")

    assert known == 1
    assert CountingHasher.count - known == 1


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/accounts/login/code/", "login-code"), ("/accounts/password/reset/", "password-reset-code")],
)
def test_asking_for_a_code_answers_the_same_whether_there_is_an_account(client, path, kind):
    ada()
    stranger = Client()

    known = client.post(path, {"email": "ada@example.org"}, follow=True)
    unknown = stranger.post(path, {"email": "bob@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert same(known.content.decode()).replace("ada@", "bob@") == same(unknown.content.decode())
    assert kinds_for("ada@example.org") == [kind]
    assert kinds_for("bob@example.org") == ["account-unknown"]


def test_no_code_opens_an_account_that_does_not_exist(client):
    client.post("/accounts/login/code/", {"email": "bob@example.org"})

    for code in ("", "None", "0000-0000"):
        confirm(client, code, "/accounts/login/code/confirm/")

    assert not is_logged_in(client)


def test_a_wrong_password_and_an_unknown_address_are_answered_the_same(client):
    ada()

    wrong = log_in(client, password="not her password")
    unknown = log_in(client, email="bob@example.org")

    errors = [answer.context["form"].errors for answer in (wrong, unknown)]
    assert errors[0] == errors[1]
    assert errors[0] == {"__all__": ["The email address or the password is not right. Check both."]}


@pytest.mark.django_db(transaction=True)
def test_six_sign_ups_at_once_with_one_address_make_one_account():
    barrier = Barrier(6)
    answers = []

    def run() -> None:
        client = Client()
        client.get("/accounts/signup/")
        barrier.wait()
        answers.append(sign_up(client).status_code)
        connection.close()

    threads = [Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Member.objects.count() == 1
    assert set(answers) <= {302, 429}
    assert len(answers) == 6


# ---- Logging in ---------------------------------------------------------------------------------


def test_a_password_logs_in_and_the_session_ends_with_the_browser(client):
    ada()

    answer = log_in(client, email=" ADA@example.org ")

    assert (answer.status_code, answer.url) == (302, "/")
    assert is_logged_in(client)
    assert client.cookies["sessionid"]["max-age"] == ""


def test_the_session_stays_only_where_the_box_was_ticked(client):
    ada()

    page = client.get("/accounts/login/").content.decode()
    log_in(client, remember="on")

    assert "checked" not in page
    assert client.cookies["sessionid"]["max-age"] == 14 * 24 * 3600


def test_a_code_logs_in_and_the_session_ends_with_the_browser(client):
    ada()

    client.post("/accounts/login/code/", {"email": "ada@example.org"})
    answer = confirm(client, code_for("ada@example.org"), "/accounts/login/code/confirm/?next=/events/")

    assert answer.url == "/events/"
    assert is_logged_in(client)
    assert client.cookies["sessionid"]["max-age"] == ""


def test_a_log_in_code_confirms_the_address_as_well(client):
    sign_up(Client())
    ListedAddress.objects.create(email="ada@example.org")

    client.post("/accounts/login/code/", {"email": "ada@example.org"})
    confirm(client, code_for("ada@example.org"), "/accounts/login/code/confirm/")

    assert is_logged_in(client)
    assert Member.objects.get().membership == Member.Membership.ACTIVE


def test_a_log_in_code_is_used_up(client):
    ada()
    client.post("/accounts/login/code/", {"email": "ada@example.org"})
    code = code_for("ada@example.org")

    confirm(client, code, "/accounts/login/code/confirm/")
    client.logout()
    confirm(client, code, "/accounts/login/code/confirm/")

    assert not is_logged_in(client)


@time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False)
def test_guessing_a_log_in_code_ends_after_five_attempts_and_codes_are_few(client):
    ada()
    attempts = 0

    for _ in range(40):
        asked = client.post("/accounts/login/code/", {"email": "ada@example.org"})
        if asked.status_code != 302:
            break
        while confirm(client, "0000-0000", "/accounts/login/code/confirm/").status_code == 200:
            attempts += 1
        attempts += 1

    assert attempts == 25
    assert not is_logged_in(client)


def test_who_has_not_confirmed_her_address_is_sent_a_code_again_when_she_logs_in(client):
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False) as clock:
        sign_up(Client())
        clock.shift(3600)
        answer = log_in(client)
        confirm(client, code_for("ada@example.org"))
        logged_in = is_logged_in(client)

    assert answer.url == "/accounts/confirm-email/"
    assert logged_in


def test_an_account_that_is_closed_cannot_log_in_by_any_way(client):
    ada(is_active=False)

    log_in(client)
    client.post("/accounts/login/code/", {"email": "ada@example.org"})

    assert not is_logged_in(client)
    assert kinds_for("ada@example.org") == ["account-unknown"]


def test_whose_membership_ended_may_log_in(client):
    ada(membership=Member.Membership.ENDED)

    log_in(client)

    assert is_logged_in(client)
    assert "Your membership has ended" in client.get("/members/profile/").content.decode()


# ---- Limits ---------------------------------------------------------------------------------------


def test_guessing_the_password_of_one_account_is_stopped_for_the_right_password_too(client):
    ada()

    for number in range(10):
        log_in(client, password=f"guess number {number}")
    stopped = log_in(Client(REMOTE_ADDR="203.0.113.9"))

    assert "There were too many attempts" in stopped.content.decode()
    assert "code by email" in stopped.content.decode()
    assert not is_logged_in(client)


def test_who_is_locked_out_by_a_guesser_gets_in_with_a_code():
    ada()
    guesser, owner = Client(), Client()
    for number in range(12):
        log_in(guesser, password=f"guess number {number}")

    owner.post("/accounts/login/code/", {"email": "ada@example.org"})
    confirm(owner, code_for("ada@example.org"), "/accounts/login/code/confirm/")

    assert is_logged_in(owner)


def test_two_hundred_people_behind_one_address_log_in_within_a_minute():
    for number in range(200):
        make.member(f"Person {number}", email=f"person{number}@example.org", password=PASSWORD)

    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False):
        clients = [Client(REMOTE_ADDR="198.51.100.7") for _ in range(200)]
        for number, client in enumerate(clients):
            if number % 10 == 0:
                log_in(client, email=f"person{number}@example.org", password="a slip of the finger")
            log_in(client, email=f"person{number}@example.org")
        logged_in = sum(map(is_logged_in, clients))

    assert logged_in == 200


def test_a_hundred_people_behind_one_address_sign_up_within_a_minute():
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False):
        clients = [Client(REMOTE_ADDR="198.51.100.7") for _ in range(100)]
        for number, client in enumerate(clients):
            sign_up(client, email=f"person{number}@example.org")
            confirm(client, code_for(f"person{number}@example.org"))
        logged_in = sum(map(is_logged_in, clients))

    assert logged_in == 100


def test_a_flood_from_one_address_is_answered_with_a_clear_page(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"}

    answers = [log_in(client, email=f"{number}@example.org") for number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "<h1" in answers[-1].content.decode()
    assert "too many" in answers[-1].content.decode().lower()


@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_one_address_is_not_flooded_with_codes(path):
    ada()

    for number in range(9):
        Client(REMOTE_ADDR=f"203.0.113.{number}").post(path, {"email": "ada@example.org"})

    assert len(kinds_for("ada@example.org")) == 5


def test_with_the_cache_down_people_still_sign_up_and_log_in(client, settings):
    settings.CACHES = {
        "default": settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/valkey.sock?db=1"},
    }
    ada()

    log_in(client)
    other = Client()
    sign_up(other, email="bob@example.org")
    confirm(other, code_for("bob@example.org"))

    assert is_logged_in(client)
    assert is_logged_in(other)


# ---- Passwords and addresses ----------------------------------------------------------------------


def test_a_password_is_chosen_anew_with_a_code_and_old_sessions_end(client):
    ada()
    old = Client()
    log_in(old)

    client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    confirm(client, code_for("ada@example.org"), "/accounts/password/reset/confirm/")
    client.post("/accounts/password/reset/complete/", {"password1": "four new green bottles"})

    assert is_logged_in(client)
    assert check_password("four new green bottles", Member.objects.get().password)
    assert old.get("/members/profile/").status_code == 302
    assert client.get("/members/profile/").status_code == 200
    assert kinds_for("ada@example.org") == ["password-reset-code", "password-changed"]


def test_a_new_password_needs_the_code_first(client):
    ada()
    client.post("/accounts/password/reset/", {"email": "ada@example.org"})

    client.post("/accounts/password/reset/complete/", {"password1": "four new green bottles"})

    assert check_password(PASSWORD, Member.objects.get().password)


def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(client):
    ada()
    other = Client()
    log_in(other)
    log_in(client)
    path = reverse("account_change_password")

    refused = client.post(path, {"oldpassword": "wrong", "password1": "four new green bottles"})
    changed = client.post(path, {"oldpassword": PASSWORD, "password1": "four new green bottles"})

    assert list(refused.context["form"].errors) == ["oldpassword"]
    assert changed.url == "/members/profile/"
    assert other.get("/members/profile/").status_code == 302
    assert client.get("/members/profile/").status_code == 200
    assert kinds_for("ada@example.org") == ["password-changed"]


def change_address(client: Client, email: str) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"email": email, "action_add": "1"})


def test_an_address_changes_once_the_new_one_is_confirmed_and_the_old_one_is_told(client):
    member = ada()
    log_in(client)

    change_address(client, "ada@new.example.org")
    before = Member.objects.get().email
    answer = confirm(client, code_for("ada@new.example.org"))

    member.refresh_from_db()
    letter = account_notice(Message.objects.get(kind="address-changed"))
    assert before == "ada@example.org"
    assert answer.url == "/members/profile/"
    assert member.email == "ada@new.example.org"
    assert list(member.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("ada@new.example.org", True, True)
    ]
    assert letter.to == "ada@example.org"
    assert "ada@new.example.org instead of ada@example.org" in letter.text


def test_changing_the_address_asks_for_the_password(client):
    ada()
    log_in(client)

    answer = client.post("/accounts/email/", {"email": "ada@new.example.org", "action_add": "1"})

    assert answer.url.startswith("/accounts/reauthenticate/")
    assert not Message.objects.exists()


def test_an_address_of_somebody_else_is_neither_given_nor_betrayed(client):
    ada()
    make.member("Bo", email="bo@example.org")
    log_in(client)

    change_address(client, "bo@example.org")
    page = client.get("/accounts/confirm-email/")
    confirm(client, "0000-0000")

    assert "bo@example.org" in page.content.decode()
    assert Member.objects.get(name="Ada").email == "ada@example.org"


def test_nothing_of_an_account_happens_by_a_get(client):
    ada()
    log_in(client)
    state = list(Member.objects.values())

    for path in ("logout", "email", "password/change", "confirm-email", "reauthenticate", "inactive"):
        client.get(f"/accounts/{path}/")

    assert is_logged_in(client)
    assert list(Member.objects.values()) == state
    assert not Message.objects.exists()


def test_there_is_no_link_to_confirm_anything():
    for path in ("/accounts/confirm-email/abc/", "/accounts/password/reset/key/1-abc/"):
        assert Client().get(path).status_code == 404


class CountingHasher:
    """Stands in for a slow hasher and counts how often it was at work."""

    algorithm = "counting"
    count = 0

    def salt(self) -> str:
        return "salt"

    def encode(self, password: str, salt: str) -> str:
        type(self).count += 1
        return f"counting${salt}${password}"

"""Log-ins that are ended while something else happens to them."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from members.accounts import log_ins
from members.models import LogIn
from qevent.sessions import SessionStore
from tests import make
from tests.contracts import people
from tests.races.together import Act, holding, together, until_blocked

pytestmark = pytest.mark.django_db(transaction=True)


def key(client: Client) -> str:
    return client.cookies["sessionid"].value


def test_four_presses_end_one_log_in_once():
    ada = make.member("Ada")
    ward = people.reader(ada)
    pk = LogIn.objects.get(session=key(ward)).pk

    ended = together(*[lambda: log_ins.end(ada, pk, but="")] * 4)

    assert sorted(ended) == [False, False, False, True]
    assert not Session.objects.exists()


def test_a_session_that_gets_another_key_as_it_is_ended_ends_all_the_same():
    ada = make.member("Ada")
    ward = people.reader(ada)
    log_in = LogIn.objects.get(session=key(ward))
    store = SessionStore(key(ward))
    assert store["_auth_user_id"] == str(ada.pk)

    with holding("SELECT 1 FROM members_login WHERE id = %s FOR UPDATE", log_in.pk):
        ending = Act(lambda: log_ins.end(ada, log_in.pk, but=""))
        until_blocked(1)
        cycling = Act(store.cycle_key)
        until_blocked(2)
    ending.wait()
    cycling.wait()

    assert not Session.objects.exists()
    assert not LogIn.objects.exists()


def test_a_session_that_got_another_key_before_it_is_ended_ends():
    ada = make.member("Ada")
    ward = people.reader(ada)
    log_in = LogIn.objects.get(session=key(ward))
    store = SessionStore(key(ward))
    assert store["_auth_user_id"] == str(ada.pk)

    with holding("SELECT 1 FROM members_login WHERE id = %s FOR UPDATE", log_in.pk):
        cycling = Act(store.cycle_key)
        until_blocked(1)
        ending = Act(lambda: log_ins.end(ada, log_in.pk, but=""))
        until_blocked(2)
    cycling.wait()
    ending.wait()

    assert not Session.objects.exists()
    assert not LogIn.objects.exists()


def test_a_session_of_before_that_is_used_twice_at_once_is_listed_once():
    ward = people.reader(make.member("Ada"))
    LogIn.objects.all().delete()

    def use() -> int:
        client = Client()
        client.cookies["sessionid"] = key(ward)
        return client.get("/members/profile/").status_code

    assert together(*[use] * 4) == [200] * 4
    assert LogIn.objects.count() == 1

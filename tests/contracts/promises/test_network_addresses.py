"""What the site learns of a network address: it counts by it for a day at most, and keeps it nowhere."""

import sys
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session as BrowserSession
from django.db import connection
from django.test import Client

from blog.models import Post
from comments.models import Comment
from members.accounts import guarding
from members.accounts.limits import Limit
from members.models import Attempts
from tests import make
from tests.comments import pages
from tests.members.accounts import signing_up

pytestmark = pytest.mark.django_db

ADDRESS = "203.0.113.77"
A_DAY = timedelta(days=1)
#: What the limits in the cache count within, by their letter.
SPANS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": A_DAY}


def kept_where(text: str) -> list[str]:
    """The tables, and the sessions of browsers, that hold a text."""
    names = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
    each = (f"SELECT '{name}' FROM \"{name}\" t WHERE t::text LIKE %s" for name in names)  # noqa: S608  # our tables
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(each), [f"%{text}%"] * len(names))
        found = [name for (name,) in cursor.fetchall()]
    return found + [one.pk for one in BrowserSession.objects.all() if text in str(one.get_decoded())]


def span_of(rate: str) -> timedelta:
    """How long one limit of the cache counts, such as "300/10m/ip"."""
    within = rate.split("/")[1]
    return int(within[:-1] or 1) * SPANS[within[-1]]


def limits_of_the_site() -> set[Limit]:
    """The limits on guessing and mailing that any module of the site has, alone or several in a row."""
    ours = tuple(config.name for config in apps.get_app_configs() if "." not in config.name)
    modules = [vars(one) for name, one in list(sys.modules.items()) if name.split(".")[0] in ours]
    values = [value for names in modules for value in names.values()]
    return {
        one for value in values for one in (value if type(value) is tuple else (value,)) if type(one) is Limit
    }


def test_no_network_address_is_in_the_database():
    post: Post = make.post()
    browser = Client(REMOTE_ADDR=ADDRESS)

    signing_up.sign_up(browser)
    signing_up.confirm(browser, signing_up.code_for("ada@example.org"))
    signing_up.log_in(Client(REMOTE_ADDR=ADDRESS), password="a wrong one")
    signing_up.log_in(Client(REMOTE_ADDR=ADDRESS))
    pages.leave(browser, post)
    pages.leave(Client(REMOTE_ADDR=ADDRESS), post, **pages.FROM_GWEN)

    assert Comment.objects.count() == 2
    assert BrowserSession.objects.exists()
    assert Attempts.objects.exists()
    assert kept_where(ADDRESS) == []


def test_a_network_address_that_were_kept_is_found():
    make.post(title=f"From {ADDRESS}")

    assert kept_where(ADDRESS) == ["blog_post"]


def test_what_counts_by_network_address_forgets_within_a_day():
    limits = limits_of_the_site()

    assert {*guarding.EMAILS_OF_NETWORK, guarding.EMAILS_OF_ALL} <= limits
    assert [one for one in limits if one.window > A_DAY] == []
    spans = [span_of(rate) for rates in settings.ACCOUNT_RATE_LIMITS.values() for rate in rates.split(",")]
    assert max(spans) <= A_DAY

"""The head of pages is written once for all, and names to each reader themselves alone."""

import re
from typing import Any

import pytest
from django.test import Client

from members.models import Member
from tests import make
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
TOKEN = re.compile('csrfmiddlewaretoken" value="([^"]*)"')


def head(client: Client, address: str = "/contact/") -> str:
    """The head of a page."""
    return client.get(address).text.partition("<header")[2].partition("</header>")[0]


def reader(name: str, **fields: Any) -> Client:
    client = Client()
    client.force_login(make.member(name, **fields))
    return client


def test_everybody_reads_their_own_name_and_logs_out_with_a_token_of_their_own():
    heads = [head(reader(name)) for name in ("Ada", "Bo & <b>Co</b>")]

    names = [found for one in heads for found in re.findall("<bdi>(.*?)</bdi>", one)]
    assert names == ["Ada", "Bo &amp; &lt;b&gt;Co&lt;/b&gt;"]
    assert [int(re.findall('data-log-out="(.*?)"', one)[0]) for one in heads] == list(
        Member.objects.order_by("pk").values_list("pk", flat=True)
    )
    assert len({TOKEN.findall(one)[0] for one in heads}) == 2


def test_what_is_in_it_is_each_readers_own():
    event = make.event(slug="2026")
    registered = make.registration(event, make.member("Ada"))
    ada = Client()
    ada.force_login(registered.member)

    entries = [re.findall('<a[^>]*href="([^"]*)"', head(one))[4:] for one in (ada, reader("Bo"), Client())]
    team = re.findall('<a[^>]*href="([^"]*)"', head(reader("Cy", is_staff=True)))[4:]

    profile = "/members/profile/"
    assert entries == [
        ["/events/2026/agenda/", profile],
        [profile],
        ["/accounts/login/?next=/contact/", "/accounts/signup/"],
    ]
    assert team == ["/team/", "/admin/", profile]


@pytest.mark.parametrize(
    ("address", "log_in", "sign_up"),
    [
        ("/contact/?a=1&b=%22%3E", "?next=/contact/%3Fa%3D1%26b%3D%2522%253E", ""),
        ("/contact/?next=/events/&c='", "?next=%2Fevents%2F", "?next=%2Fevents%2F"),
        ("/accounts/login/", "", ""),
    ],
)
def test_a_visitor_comes_back_to_the_page_that_they_were_on(address: str, log_in: str, sign_up: str):
    shown = head(Client(), address)

    assert f'href="/accounts/login/{log_in}"' in shown
    assert f'href="/accounts/signup/{sign_up}"' in shown


@pytest.mark.parametrize("address", ["/events/", "/blog/", "/search/", "/members/profile/"])
def test_the_entry_of_this_page_is_marked_and_no_other(address: str):
    ada = reader("Ada")
    head(ada)

    assert re.findall('href="([^"]*)" aria-current="page"', flat(head(ada, address))) == [address]
    assert "aria-current" not in head(ada)

"""The kinds of people that the contracts ask about: one of each, and how each of them reads the site."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie

from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client

from members import team
from members.models import Member
from tests import make

PASSWORD = "community-demo-of-tests"


def reader(member: Member | None = None) -> Client:
    """A browser, logged in as ``member``; an error of the site is an answer with 500, as for everybody."""
    client = Client(raise_request_exception=False)
    if member is not None:
        client.force_login(member)
    return client


@contextmanager
def as_she_is(client: Client) -> Iterator[None]:
    """What happens inside leaves their browser's cookies as they were: still logged in, for one."""
    cookies = copied(client)
    yield
    client.cookies = cookies


def copied(client: Client) -> SimpleCookie:
    """The cookies of their browser, in another."""
    return SimpleCookie({name: morsel.value for name, morsel in client.cookies.items()})


def staff(*groups: str, **fields: object) -> Member:
    """Somebody who may use the admin, with the rights of these groups of the team."""
    if groups and not Group.objects.filter(permissions__isnull=False).exists():
        for app in apps.get_app_configs():
            team.make_ready(app)
    member = make.member(f"Staff {' '.join(groups)}".strip(), is_staff=True, **fields)
    member.groups.set(Group.objects.filter(name__in=groups))
    return member


def admin() -> Member:
    """Somebody who may do everything."""
    return make.member("Root", is_staff=True, is_superuser=True)

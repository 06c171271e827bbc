"""What is said in recordings is found by those who may watch them, and by nobody else."""

import pytest
from django.test import Client

from recordings import agreeing, publishing
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.recordings.conftest import agree, published, read, recorded  # noqa: F401  # fixtures

pytestmark = pytest.mark.django_db


def found(member=None, q="begin"):
    reader = people.reader(member) if member else Client()
    return "Flow, recorded" in reader.get("/search/", {"q": q}).content.decode()


def test_who_is_registered_finds_what_is_said(published):  # noqa: F811
    assert found(published.ada)
    assert found(published.ada, "beginning")
    assert not found(published.ada, "elephants")


def test_nobody_else_does(published):  # noqa: F811
    assert not found()
    assert not found(make.member("Bo"))
    assert "recorded" not in people.reader(published.ada).get("/search.json", {"q": "begin"}).content.decode()


def test_what_is_not_shown_is_not_found(published):  # noqa: F811
    agreeing.note(published.session, published.hana, agrees=False, by=BY, at=NOW)

    assert not found(published.ada)


def test_what_nobody_has_read_is_not_found(recorded):  # noqa: F811
    agree(recorded)
    read(recorded)

    assert not found(recorded.ada)
    publishing.publish(recorded.pk, by=BY, at=NOW)
    assert found(recorded.ada)

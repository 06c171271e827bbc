"""Every field of every table is named by the registry of personal data, and docs/privacy.md has its table."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from common.personal_data import registry, retention
from common.personal_data.registry import Deleted, Emptied, holdings, of_people
from members.models import Member
from tests import make
from tests.make import NOW

NAME_IT = "Name it in personal_data.py of its app: how it is exported, and what erasing makes of it."


def unnamed(every):
    """What no export and no erasure names, by its model: fields, or the whole of it."""
    named = {holding.model: sorted(holding.unnamed()) for holding in holdings()}
    missing = {model._meta.label: named.get(model, ["the whole table"]) for model in every}
    return {label: fields for label, fields in missing.items() if fields}


def test_every_field_of_every_table_is_named_by_export_and_erasure():
    every = apps.get_models(include_auto_created=True)

    assert len(every) > 45
    assert unnamed(every) == {}, NAME_IT
    assert {one.model for one in holdings()} <= set(every)


@pytest.mark.django_db
def test_every_table_of_the_database_is_a_model_s():
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}

    assert set(connection.introspection.table_names()) - known == {"django_migrations"}


def test_a_field_that_nobody_names_is_found(monkeypatch):
    field = models.CharField(max_length=20)
    field.set_attributes_from_name("nickname")
    before = Member._meta.concrete_fields

    monkeypatch.setattr(registry, "fields_of", lambda model: [*before, field] if model is Member else [])
    found = next(one for one in holdings() if one.model is Member).unnamed()

    assert "nickname" in found


def test_a_table_that_nobody_names_is_found(monkeypatch):
    monkeypatch.delitem(registry._HOLDINGS, Member)

    assert unnamed([Member]) == {"members.Member": ["the whole table"]}


@pytest.mark.django_db
def test_each_table_is_read_for_a_person():
    """Each way from a row to a person is one that the database knows, and each exported name is a column."""
    person = registry.Person(make.member("Ada").pk, "Ada", (registry.Held("ada@example.org", until=NOW),))

    for holding in of_people():
        assert holding.rows is not None
        list(holding.rows(person).order_by("pk").values(*holding.exported))
        assert set(holding.words) <= {one.name for one in registry.fields_of(holding.model)}


def test_what_stays_says_why_and_the_rest_goes():
    for holding in of_people():
        assert isinstance(holding.erased, Deleted | Emptied)
        reasons = holding.erased.stays.values() if isinstance(holding.erased, Emptied) else ()
        assert all(reasons)
        assert str(holding.title)


def test_the_docs_have_the_table_of_what_is_kept():
    table = "\n".join(
        f"| {one.kind} | {one.what} | {one.how_long} | {one.why} |" for one in retention.table()
    )

    assert table in Path(settings.BASE_DIR, "docs/privacy.md").read_text(), f"The table is\n\n{table}"

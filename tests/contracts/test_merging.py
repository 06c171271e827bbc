"""Every way from a row to a member is named by the registry of merging."""

from members.merging import registry
from members.models import AccountMerge
from tests.members.merging.bringing import ways

NAME_IT = "Name it in merging.py of its app: what becomes of it where two accounts are brought together."


def labels(found):
    return sorted(f"{model._meta.label}.{field}" for model, field in found)


def test_every_way_to_a_member_is_named():
    assert len(ways()) > 35
    assert labels(ways() - registry.named()) == [], NAME_IT
    assert labels(registry.named() - ways()) == []


def test_a_way_that_nobody_names_is_found(monkeypatch):
    monkeypatch.delitem(registry._ROWS, (AccountMerge, "asked_by"))

    assert labels(ways() - registry.named()) == ["members.AccountMerge.asked_by"]

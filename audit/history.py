"""Reading the trail: what happened to a thing, in sentences, with names that are looked up as it is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet

from audit.actors import Via
from audit.confidential import Why
from audit.models import Entry

#: Whom an id stands for that no account has any more.
NOBODY_NOW = "Somebody whose account was erased"


@dataclass(frozen=True)
class HistoryLine:
    """One act: when, who, what."""

    at: datetime
    who: str
    what: str


def entries_of(thing: Model) -> QuerySet[Entry]:
    """Return what happened to a thing, the newest first."""
    return Entry.objects.filter(thing=thing._meta.label_lower, thing_id=thing.pk)


def lines(entries: Iterable[Entry]) -> list[HistoryLine]:
    """Return the entries as they are read. One query, for the names."""
    entries = list(entries)
    people = get_user_model()._base_manager.in_bulk({one.actor_id for one in entries if one.actor_id})
    return [HistoryLine(one.at, _who(one, people.get(one.actor_id)), _what(one)) for one in entries]


def last_act(thing: Model) -> tuple[str, datetime] | None:
    """Return who did something to a thing last, and when; ``None`` where nobody has. Two queries."""
    found = lines(entries_of(thing)[:1])
    return (found[0].who, found[0].at) if found else None


def _what(entry: Entry) -> str:
    facts = entry.facts
    told = [_label(entry.thing, name) for name in facts.get("fields", ())]
    if "places" in facts:
        told.append("no limit" if facts["places"] is None else f"{facts['places']:,}")
    told += [str(Why(facts["why"]).label)] if facts.get("why") in Why.values else []
    told += [str(facts[name]) for name in ("number", "revision") if name in facts]
    return f"{entry.words}: {', '.join(told)}" if told else entry.words


def _label(thing: str, name: str) -> str:
    """Return a field as the admin calls it; what is no field of the row, by its name."""
    try:
        return str(getattr(apps.get_model(thing)._meta.get_field(name), "verbose_name", name))
    except (LookupError, FieldDoesNotExist):
        return name.replace("_", " ")


def _who(entry: Entry, person: Model | None) -> str:
    via = Via(entry.via)
    if entry.actor_id is None:
        return str(via.label)
    name = str(person) if person else NOBODY_NOW
    return f"{name}, by an import" if via == Via.IMPORT else name

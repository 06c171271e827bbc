"""Recording acts: called inside each act of a rule, so that the entry stands or falls with what it tells.

``record`` writes one ``entry``, ``record_all`` many of them in a few statements, ``record_each`` one act for
thousands of things in one. Where an act is one statement, such as booking a place, its entry is part of that
statement: ``insert_for`` returns the SQL.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Model

from audit.actors import By, actor
from audit.acts import Act
from audit.models import Entry
from common import prepared

BATCH = 1000


def record(thing: Model, act: Act, *, by: By, at: datetime, **facts: Any) -> None:
    """Record that ``by`` did this to ``thing``, in the caller's transaction; see ``entry``."""
    entry(thing, act, by=by, at=at, **facts).save(force_insert=True)


def record_all(entries: Iterable[Entry]) -> None:
    """Record many acts, in one INSERT for each 1,000."""
    Entry.objects.bulk_create(entries, batch_size=BATCH)


def record_each(thing: type[Model], ids: Iterable[int], act: Act, *, by: By, at: datetime) -> None:
    """Record that ``by`` did this to each of these things, which are nobody's own. One INSERT, if any."""
    told: dict[str, Any] = {"ids": list(ids), "act": act.value, "at": at} | who(by)
    rows = "(SELECT id, NULL::bigint AS member_id FROM unnest(%(ids)s::bigint[]) AS id) AS these"
    if told["ids"]:
        with connection.cursor() as cursor:
            prepared.execute(cursor, insert_for(rows, thing, "%(act)s"), told)


def done(
    thing: type[Model], ids: Iterable[int], act: Act, *, by: By, since: datetime, **facts: Any
) -> set[int]:
    """Return of which things it is recorded that ``by`` did this to them since then. One query."""
    told = Entry.objects.filter(thing=thing._meta.label_lower, thing_id__in=list(ids), act=act, at__gte=since)
    return set(told.filter(facts__contains=facts, **who(by)).values_list("thing_id", flat=True))


def is_recorded(thing: Model, *, since: datetime, **facts: Any) -> bool:
    """Whether something with these facts is recorded of a thing since then, whoever did it. One query."""
    told = Entry.objects.filter(thing=thing._meta.label_lower, thing_id=thing.pk, at__gte=since)
    return told.filter(facts__contains=facts).exists()


def entry(thing: Model, act: Act, *, by: By, at: datetime, **facts: Any) -> Entry:
    """Return the entry, not saved, that ``by`` did this to ``thing``.

    ``facts`` are numbers, moments and names of fields, which become JSON; never words of people. Whom it
    concerns is the member of the thing, where it has one.
    """
    return Entry(
        at=at,
        act=act,
        thing=thing._meta.label_lower,
        thing_id=thing.pk,
        member_id=_member_of(thing),
        facts=facts,
        **who(by),
    )


def insert_for(rows: str, thing: type[Model], act: str) -> str:
    """Return the INSERT of an entry for each of ``rows``: a CTE of the same statement, or a query in FROM.

    It has the columns ``id`` and ``member_id``; ``act`` is SQL too. Its parameters are those of ``who``, and
    ``%(at)s``.
    """
    table, label = Entry._meta.db_table, thing._meta.label_lower
    return f"""
        INSERT INTO {table} (at, act, via, actor_id, thing, thing_id, member_id, facts)
        SELECT %(at)s, {act}, %(via)s, %(actor_id)s, '{label}', id, member_id, '{{}}'::jsonb FROM {rows}
    """  # noqa: S608  # all of it constants


def who(by: By) -> dict[str, Any]:
    """Return the parameters of ``insert_for`` that say who acts."""
    one = actor(by)
    return {"via": one.via.value, "actor_id": one.person_id}


def changes(before: Model | None, after: Model) -> list[str]:
    """Return the names of the fields that differ; of what is new, none."""
    if before is None:
        return []
    names = [field.attname for field in after._meta.concrete_fields if field.editable]
    return [name.removesuffix("_id") for name in names if getattr(before, name) != getattr(after, name)]


def _member_of(thing: Model) -> int | None:
    if isinstance(thing, get_user_model()):
        return thing.pk
    member_id: int | None = getattr(thing, "member_id", None)
    return member_id

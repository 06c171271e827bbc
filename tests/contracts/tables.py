"""What the database holds, so that it can be said whether anything has changed."""

from django.apps import apps
from django.db import connection
from django.db.models import CharField, Model, TextField

from common.names import DISTURBING
from members.models import Member

#: A browser's session is its own, and what was tried is counted, whatever becomes of it.
LEFT_OUT = {"django_session", "members_login", "members_attempts"}
#: A column that counts what was tried, of a table whose other columns are looked at.
COUNTERS = {"members_accountmerge": "wrong"}
#: What is typed and not saved may be anything; it is seen by who typed it, in the form.
TYPED = {"blog_unsaveddraft"}
#: What is said of a change by which somebody has got keys of the site.
KEYS = ", with keys"
#: A new account: waiting for approval, without rights.
NEW = ("waiting", False, False, True)
#: One that somebody of the team makes and vouches for: a member at once, without rights.
VOUCHED_FOR = ("active", False, False, True)


def digests() -> dict[str, str]:
    """Return a digest of the rows of every table, by its name. One query."""
    names = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)} - LEFT_OUT)
    rows = {name: f"(to_jsonb(t) - '{COUNTERS[name]}')" if name in COUNTERS else "t" for name in names}
    each = (
        f"SELECT '{name}', md5(coalesce(string_agg({t}::text, chr(10) ORDER BY {t}::text), ''))"  # noqa: S608  # our tables
        f' FROM "{name}" t'
        for name, t in rows.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return dict(cursor.fetchall())


def changed(before: dict[str, str]) -> set[str]:
    """Return the tables that hold something else than before."""
    return {name for name, digest in digests().items() if before.get(name) != digest}


def unreadable(tables: set[str]) -> list[str]:
    """Return the texts of these tables that hold what cannot be seen: "events_event.title: 'a\\x00'"."""
    found = []
    for model in (one for one in apps.get_models() if one._meta.db_table in tables - TYPED):
        fields = [one for one in model._meta.concrete_fields if isinstance(one, CharField | TextField)]
        names = [one.attname for one in fields if not one.choices]
        for row in model._base_manager.values_list(*names) if names else ():
            found += [
                f"{model._meta.db_table}.{name}: {value[:60]!a}"
                for name, value in zip(names, row, strict=True)
                if value and not is_plain(value, lines=_has_lines(model, name))
            ]
    return found


def rights() -> dict[int, tuple[object, ...]]:
    """Return what each account may, by its id: rights, membership, address, groups."""
    fields = ("email", "membership", "is_staff", "is_superuser", "is_active")
    groups: dict[int, list[int]] = {}
    for member, group in Member.groups.through.objects.order_by("pk").values_list("member_id", "group_id"):
        groups.setdefault(member, []).append(group)
    return {row[0]: (*row[1:], *groups.get(row[0], [])) for row in Member.objects.values_list("pk", *fields)}


def changed_rights(before: dict[int, tuple[object, ...]], *, is_by_staff: bool = False) -> list[str]:
    """Return who may something else now than ``before``, as sentences; a new account may nothing.

    Whoever has got keys of the site by it is named with ``KEYS``.
    """
    new = (NEW, VOUCHED_FOR) if is_by_staff else (NEW,)
    return [
        f"member {pk}: {before.get(pk, 'nobody')} → {now}{KEYS if _has_got_keys(before.get(pk), now) else ''}"
        for pk, now in rights().items()
        if before.get(pk) != now and not (pk not in before and now[1:] in new)
    ]


def _has_got_keys(before: tuple[object, ...] | None, now: tuple[object, ...]) -> bool:
    """Whether the tick for staff, that of superusers or a group came."""
    had = before[2:4] + before[5:] if before else (False, False)
    has = now[2:4] + now[5:]
    return has != had and (True in has or len(has) > len(had))


def _has_lines(model: type[Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), TextField)


def is_plain(text: str, *, lines: bool) -> bool:
    """Whether a reader sees all of the text as it stands; ``lines`` where it may have several."""
    allowed = "\t\r\n" if lines else ""
    return not any(
        (ord(one) < 32 or 127 <= ord(one) < 160 or one in DISTURBING) and one not in allowed for one in text
    )

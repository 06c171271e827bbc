"""The database of each process of a run: a copy of one that was migrated, and quickly as it was again.

Migrating takes longer than most files of tests. So it is done once for the migrations as they stand, in a
database that stays on the server; whoever needs one copies that. Django migrates the copy too and finds
nothing to do: what a new permission or policy adds is never missing.

A test that commits leaves rows. Django's own way to be rid of them, TRUNCATE of all tables and what follows a
migration once more, takes longer than such a test. ``put_back`` asks each table whether it has rows that it
did not have, and does no more than that takes.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from psycopg2 import sql

from members import policies
from tests import servers

PREFIX = "test_migrated_"
#: Names the lock that whoever migrates for all holds (any number that nothing else uses).
LOCK = 20270615

KEEP = """
CREATE SCHEMA kept;
CREATE TABLE kept.tables (name text PRIMARY KEY, columns text NOT NULL, had_rows boolean NOT NULL);
CREATE FUNCTION kept.remember() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  one record;
  had_rows boolean;
BEGIN
  FOR one IN
    SELECT table_name AS name, string_agg(quote_ident(column_name), ', ') AS columns
      FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
      GROUP BY table_name
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one.name) INTO had_rows;
    INSERT INTO kept.tables VALUES (one.name, one.columns, had_rows);
    EXECUTE format('CREATE TABLE kept.%I AS SELECT %s FROM %1$I', one.name, one.columns);
  END LOOP;
END $$;
CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  one record;
  differs boolean;
BEGIN
  FOR one IN SELECT * FROM kept.tables LOOP
    IF one.had_rows THEN
      EXECUTE format(
        'SELECT (SELECT array_agg(ROW(%s)::text ORDER BY 1) FROM %I)'
        ' IS DISTINCT FROM (SELECT array_agg(ROW(%1$s)::text ORDER BY 1) FROM kept.%2$I)',
        one.columns, one.name) INTO differs;
    ELSE
      EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one.name) INTO differs;
    END IF;
    IF differs THEN
      IF one.name = 'audit_entry' THEN
        TRUNCATE audit_entry;  -- it is only added to: the database refuses to delete from it
      ELSE
        EXECUTE format('DELETE FROM %I', one.name);
      END IF;
      IF one.had_rows THEN
        EXECUTE format('INSERT INTO %I (%s) SELECT %2$s FROM kept.%1$I', one.name, one.columns);
      END IF;
    END IF;
  END LOOP;
END $$;
SELECT kept.remember();
"""


def migrated() -> str:
    """Return the name of a database that is migrated as the migrations stand, made where there is none."""
    name = f"{PREFIX}{_fingerprint()}"
    with closing(servers.connect("postgres")) as server, closing(server.cursor()) as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        there = {found for (found,) in cursor.fetchall()}
        if name not in there:
            for old in there:
                cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(old)))
            unfinished = sql.Identifier(f"{name}_unfinished")
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(unfinished))
            with _connected_to(f"{name}_unfinished"):
                call_command("migrate", verbosity=0)
            cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(unfinished, sql.Identifier(name)))
    return name


def remember() -> None:
    """Keep what the database has before the first test: what ``put_back`` goes back to."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP)


def put_back(*_: Any) -> None:
    """Make the database what it was, after a test that committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kept.put_back()")


def _fingerprint() -> str:
    """Return what tells these migrations, what is put in place after them, and this Django from others."""
    digest = hashlib.sha256(django.__version__.encode())
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(file.name.encode() + file.read_bytes())
    for file in sorted(policies.FOLDER.glob("*.md")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """What happens inside happens in the database of this name."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own

"""``python -m qevent.migration_locks``: refuse migrations that would stop the site while they run.

People book while a release is brought in, with the code of before: a migration must not hold a lock for
which their statements wait, nor take away what that code uses. Every migration after those named in
``BEFORE`` is written as SQL, without a database, and read by squawk. What is fine all the same stands in
``ALLOWED`` with its reason. What Python does in a migration (``RunPython``) is the reviewer's alone.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import django
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

SQUAWK: Final = Path(sys.executable).with_name("squawk")
#: The last of each app that was there before this was asked; they ran long ago, or on empty tables.
BEFORE: Final = {
    "audit": "0003_what_the_admin_had_logged",
    "blog": "0006_columns_of_words",
    "comments": "0007_language_of_guests",
    "events": "0011_offsets_that_were_meant",
    "members": "0015_members_found_by_parts_of_their_address",
    "notifications": "0007_messages_found_by_parts_of_an_address",
    "workshops": "0007_openings_are_announced",
}
#: "app.name" of a migration → squawk's rules that it may break, each with the reason.
ALLOWED: Final[dict[str, dict[str, str]]] = {
    "live.0004_a_press_each": {
        "ban-drop-constraint": "It came on the same day, and no release had code that asks for it."
    },
    "recordings.0003_what_was_said_without_a_recording": {
        "ban-drop-constraint": "It came on the same day, and no release had code that asks for it."
    },
    "workshops.0009_places_to_decide": {
        "ban-drop-constraint": "Another, added before it goes, asks the same of the code of before."
    },
}
#: Rules about taste, and about what ``make upgrade`` sets for the whole of migrating.
NOT_ASKED: Final = (
    *("prefer-bigint-over-int", "prefer-bigint-over-smallint", "prefer-identity", "prefer-text-field"),
    *("prefer-robust-stmts", "ban-char-field", "require-lock-timeout", "require-statement-timeout"),
)
#: How Django adds a column that must be filled: squawk sees its default, which is gone when it is done.
REQUIRED: Final = re.compile(r"ALTER COLUMN \S+ DROP DEFAULT")
#: A statement, and no remark, of those that are written line by line.
_STATEMENT: Final = re.compile(r"^(?!--)\S.*;$", re.MULTILINE)
#: The oldest that the site runs on: newer ones lock no more.
POSTGRES: Final = "15.0"


class _Writes(DatabaseSchemaEditor):
    """Postgres' own, which asks no server: neither to quote values, nor what constraints there are."""

    def execute(self, sql: Any, params: Any = ()) -> None:
        """Collect a statement."""
        BaseDatabaseSchemaEditor.execute(self, sql, params)

    def _constraint_names(self, *_: Any, **__: Any) -> list[str]:
        return []

    def _get_sequence_name(self, *_: Any) -> None:
        return None


def main() -> int:
    """Say what is found; return the exit status."""
    django.setup()
    loader = MigrationLoader(None)
    found = [
        line
        for app, name in asked(loader)
        for line in problems(loader.graph.nodes[app, name], loader.project_state((app, name), at_end=False))
    ]
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return bool(found)


def asked(loader: MigrationLoader) -> Iterator[tuple[str, str]]:
    """Yield the migrations of ours that must not lock, as (app, name)."""
    for app, name in sorted(loader.graph.nodes):
        is_ours = Path(apps.get_app_config(app).path).parent == Path(settings.BASE_DIR)
        if is_ours and name > BEFORE.get(app, ""):
            yield app, name


def problems(migration: Migration, state: ProjectState) -> list[str]:
    """Return what squawk says of a migration that runs on ``state``, a line for each."""
    called = f"{migration.app_label}.{migration.name}"
    left_out = [*NOT_ASKED, *ALLOWED.get(called, ())]
    statements = sql_of(migration, state)
    if REQUIRED.search(statements) and "adding-required-field" not in left_out:
        return [f"{called}: adding-required-field: the code of before leaves it out; give it a db_default."]
    if not migration.atomic and len(_STATEMENT.findall(statements)) > 1:
        return [f"{called}: stopped between two statements it cannot be run again; give each its own."]
    with TemporaryDirectory() as folder:
        file = Path(folder, f"{called}.sql")
        file.write_text(statements)
        options = ["--reporter=gcc", f"--pg-version={POSTGRES}", f"--exclude={','.join(left_out)}"]
        done = subprocess.run(  # noqa: S603  # our own command line
            [SQUAWK, *options, file.name], cwd=folder, capture_output=True, text=True, check=False
        )
    said = [line for line in done.stdout.splitlines() if line.strip()]
    return said if done.returncode == 0 or said else [f"{called}: {done.stderr.strip()}"]


def sql_of(migration: Migration, state: ProjectState) -> str:
    """Return the statements of a migration, in one transaction where it is one."""
    editor = _Writes(connection, collect_sql=True, atomic=False)
    with editor:
        migration.apply(state, editor, collect_sql=True)
    statements = "\n".join(editor.collected_sql)
    return f"BEGIN;\n{statements}\nCOMMIT;\n" if migration.atomic else f"{statements}\n"


if __name__ == "__main__":
    sys.exit(main())

"""Statements that a connection plans once: the same answers, prepared where they can be."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import NotSupportedError, ProgrammingError, connection, transaction

from common import prepared

pytestmark = pytest.mark.django_db

ASK = "SELECT %(name)s::text || '%%', %(number)s + 1, %(name)s::text"


def answer(sql: str, values: prepared.Values) -> tuple[object, ...] | None:
    """Return the one row that Postgres answers."""
    with connection.cursor() as cursor:
        prepared.execute(cursor, sql, values)
        row: tuple[object, ...] | None = cursor.fetchone()
    return row


def prepared_texts() -> list[str]:
    """Return what is prepared on the connection of this thread."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE name LIKE 'q\\_%%' ORDER BY 1", [])
        return [text for (text,) in cursor.fetchall()]


@pytest.fixture(autouse=True)
def nothing_prepared() -> None:
    """Begin each test on a connection that knows nothing."""
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    connection.prepared = (None, set(), 0)  # type: ignore[attr-defined]  # kept there by the module


def test_each_call_has_its_own_values():
    answers = [answer(ASK, {"name": name, "number": number}) for name, number in (("a'%s", 1), ("b", 41))]

    assert answers == [("a'%s%", 2, "a'%s"), ("b%", 42, "b")]


def test_values_may_come_in_order_and_be_of_any_kind():
    at = datetime(2026, 11, 18, 10, tzinfo=UTC)

    row = answer("SELECT %s + %s, %s::int[], %s::text", [at, timedelta(hours=1), [1, 2], None])

    assert row == (at + timedelta(hours=1), [1, 2], None)


def test_no_value_at_all_is_fine():
    assert answer("SELECT 100 %% 7", []) == (2,)


def test_what_is_asked_again_is_prepared_once():
    answer(ASK, {"name": "a", "number": 1})
    answer(ASK, {"name": "b", "number": 2})

    (text,) = prepared_texts()
    assert "SELECT $1::text || '%', $2 + 1, $1::text" in text


def test_what_was_prepared_outlives_a_transaction_that_is_taken_back():
    with transaction.atomic():
        answer(ASK, {"name": "a", "number": 1})
        transaction.set_rollback(True)

    assert answer(ASK, {"name": "b", "number": 2}) == ("b%", 3, "b")


@pytest.mark.django_db(transaction=True)
def test_another_connection_is_told_anew():
    answer(ASK, {"name": "a", "number": 1})
    connection.close()

    assert answer(ASK, {"name": "b", "number": 2}) == ("b%", 3, "b")
    assert len(prepared_texts()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_postgres_ended_between_two_requests_is_told_anew():
    answer(ASK, {"name": "a", "number": 1})
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    other.close()
    connection.health_check_enabled = True  # type: ignore[attr-defined]  # as a request begins
    connection.health_check_done = False  # type: ignore[attr-defined]

    assert answer(ASK, {"name": "b", "number": 2}) == ("b%", 3, "b")


def test_behind_a_pooler_nothing_is_prepared(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", value=True)

    assert answer(ASK, {"name": "a", "number": 1}) == ("a%", 2, "a")
    assert prepared_texts() == []


def test_a_table_may_change_meanwhile():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE things (a int); INSERT INTO things VALUES (7)")
        ask = "SELECT a FROM things WHERE a = %s"
        assert answer(ask, [7]) == (7,)

        cursor.execute("ALTER TABLE things ADD b text; CREATE INDEX ON things (a)")

        assert answer(ask, [7]) == (7,)


def test_a_column_of_another_kind_is_an_error_once():
    ask = "SELECT a FROM things WHERE a IS NOT NULL AND %s"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE things (a int); INSERT INTO things VALUES (7)")
        assert answer(ask, [True]) == (7,)
        cursor.execute("ALTER TABLE things ALTER COLUMN a TYPE text")

    with pytest.raises(NotSupportedError, match="result type"), transaction.atomic():
        answer(ask, [True])

    assert answer(ask, [True]) == ("7",)


def test_an_error_in_the_text_is_the_one_of_django():
    with pytest.raises(ProgrammingError, match="nowhere"), transaction.atomic():
        answer("SELECT * FROM nowhere WHERE a = %s", [1])


def test_a_value_that_is_missing_is_an_error():
    with pytest.raises(KeyError, match="number"):
        answer(ASK, {"name": "a"})

import importlib.util

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import is_psycopg3
from django.db.utils import DatabaseError
from kombu.exceptions import OperationalError
from redis.connection import UnixDomainSocketConnection

from qevent.celery import app


@pytest.mark.django_db
def test_all_is_well(client):
    response = client.get("/health/")

    assert (response.status_code, response.json()) == (200, {"database": True, "broker": True})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_without_a_broker_the_site_serves_and_says_so(client, settings):
    settings.REDIS_URL = "unix:///nowhere/valkey.sock?db=0"

    response = client.get("/health/")

    assert (response.status_code, response.json()) == (200, {"database": True, "broker": False})


def test_without_a_database_it_is_not_healthy(client, monkeypatch):
    def refuse():
        raise DatabaseError("connection to db.example.org failed: password secret")

    monkeypatch.setattr(connection, "cursor", refuse)

    response = client.get("/health/")

    assert (response.status_code, response.json()) == (503, {"database": False, "broker": True})


@pytest.mark.django_db
def test_asking_does_not_take_a_session_and_cannot_post(client):
    assert client.get("/health/").cookies == {}
    assert client.post("/health/").status_code == 405


def test_the_database_is_reached_by_psycopg2_since_django_prefers_the_other_wherever_it_finds_it():
    assert importlib.util.find_spec("psycopg") is None
    assert not is_psycopg3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_task_is_taken_from_the_broker_by_a_real_worker(celery_worker):
    with app.connection_for_write() as broker:
        app.send_task("notifications.tasks.deliver_due", connection=broker)

    assert celery_worker.consumer is not None


def test_publishing_to_a_dead_broker_fails_at_the_second_try(monkeypatch):
    tried = []
    connect = UnixDomainSocketConnection.connect

    def counted(one):
        tried.append(one.path)
        return connect(one)

    monkeypatch.setattr(UnixDomainSocketConnection, "connect", counted)

    with app.connection("redis+socket:///nowhere/valkey.sock") as broker, pytest.raises(OperationalError):
        app.send_task("notifications.tasks.deliver_due", connection=broker, retry=False)

    assert tried == ["/nowhere/valkey.sock"] * 2

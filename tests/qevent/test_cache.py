"""The cache against a real Valkey that is stopped, started and unreachable."""

import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis.connection import Connection

from qevent import cache as cache_module
from qevent.cache import ForgivingRedisCache
from qevent.localservices.valkey import Valkey


@pytest.fixture
def valkey() -> Iterator[Valkey]:
    folder = Path(tempfile.mkdtemp(prefix="qevent-cache-"))
    server = Valkey(folder, folder / "run", is_safe=False)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture
def cache(valkey) -> ForgivingRedisCache:
    return ForgivingRedisCache(f"unix://{valkey.socket}?db=0", {})


OPERATIONS: dict[str, tuple[Callable[[ForgivingRedisCache], object], object]] = {
    "add": (lambda cache: cache.add("a", 1), True),
    "get": (lambda cache: cache.get("a"), None),
    "get with a default": (lambda cache: cache.get("a", "nothing"), "nothing"),
    "set": (lambda cache: cache.set("a", 1), None),
    "touch": (lambda cache: cache.touch("a"), False),
    "delete": (lambda cache: cache.delete("a"), False),
    "get_many": (lambda cache: cache.get_many(["a", "b"]), {}),
    "has_key": (lambda cache: cache.has_key("a"), False),
    "in": (lambda cache: "a" in cache, False),
    "set_many": (lambda cache: cache.set_many({"a": 1}), []),
    "delete_many": (lambda cache: cache.delete_many(["a"]), None),
    "get_or_set": (lambda cache: cache.get_or_set("a", 7), 7),
    "clear": (lambda cache: cache.clear(), False),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_with_the_server_stopped_every_operation_answers_as_an_empty_cache(name, cache, valkey):
    operation, miss = OPERATIONS[name]
    cache.set("a", 1)
    valkey.stop()

    found = operation(cache)

    assert found == miss


@pytest.mark.parametrize("operation", [ForgivingRedisCache.incr, ForgivingRedisCache.decr])
def test_with_the_server_stopped_counting_says_that_there_is_nothing_to_count(operation, cache, valkey):
    cache.set("a", 1)
    valkey.stop()

    with pytest.raises(ValueError, match="not found"):
        operation(cache, "a")


def test_with_the_server_up_it_is_an_ordinary_cache(cache):
    cache.set_many({"a": 1, "b": "two"})

    assert cache.get_many(["a", "b", "c"]) == {"a": 1, "b": "two"}
    assert cache.incr("a") == 2
    assert cache.add("b", "other") is False
    assert cache.delete("b") is True
    assert cache.get("b") is None


def test_one_client_is_kept_for_all_operations(cache):
    assert cache._cache.get_client() is cache._cache.get_client("key", write=True)


def test_a_server_that_comes_back_is_used_again(cache, valkey, monkeypatch):
    monkeypatch.setattr(cache_module, "PAUSE_SECONDS", 0)
    valkey.stop()
    cache.set("a", 1)
    valkey.start()

    cache.set("a", 2)

    assert cache.get("a") == 2


def test_an_outage_is_logged_when_it_begins_and_when_it_ends_and_not_between(
    cache, valkey, monkeypatch, caplog
):
    monkeypatch.setattr(cache_module, "PAUSE_SECONDS", 0)
    cache.get("a")
    valkey.stop()
    with caplog.at_level(logging.WARNING, "qevent.cache"):
        for _ in range(5):
            cache.get("a")
        valkey.start()
        for _ in range(5):
            cache.get("a")

    said = [record.getMessage() for record in caplog.records]

    assert said == ["The cache is down (ConnectionError): the site works without it.", "The cache is back."]


def test_a_server_that_does_not_answer_costs_one_timeout_and_not_one_for_each_call(monkeypatch):
    monkeypatch.setattr(cache_module, "TIMEOUT_SECONDS", 0.2)
    monkeypatch.setattr(cache_module, "PAUSE_SECONDS", 600)
    tried = []
    connect = Connection.connect

    def counted(one):
        tried.append(one.host)
        return connect(one)

    monkeypatch.setattr(Connection, "connect", counted)
    # 192.0.2.0/24 is set aside for documentation (RFC 5737): nobody answers there.
    cache = ForgivingRedisCache("redis://192.0.2.1:6379/0", {})

    found = [cache.get("a") for _ in range(50)]

    assert found == [None] * 50
    assert tried == ["192.0.2.1"]


def test_a_full_server_is_a_miss_too(cache, valkey):
    cache._cache.get_client(write=True).config_set("maxmemory", 1)

    cache.set("a", "something")

    assert cache.get("a") is None

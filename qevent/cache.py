"""A Redis cache whose loss is a miss: people stay logged in and can book while it is down.

Every operation that cannot reach the server answers as an empty cache would. After a failure the
server is left alone for ``PAUSE_SECONDS``, so that an unreachable one costs a request at most one
timeout; the beginning and the end of an outage are logged, once each for every process.
"""

import functools
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

TIMEOUT_SECONDS = 1.0
PAUSE_SECONDS = 5.0

logger = logging.getLogger(__name__)


class _Outage:
    """Whether the server at one address is down, as far as this process knows."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_down = False
        self._ask_again_at = 0.0

    def is_paused(self) -> bool:
        return self._is_down and time.monotonic() < self._ask_again_at

    def note_failure(self, error: Exception) -> None:
        with self._lock:
            was_down, self._is_down = self._is_down, True
            self._ask_again_at = time.monotonic() + PAUSE_SECONDS
        if not was_down:
            logger.error("The cache is down (%s): the site works without it.", type(error).__name__)

    def note_success(self) -> None:
        if self._is_down:
            with self._lock:
                was_down, self._is_down = self._is_down, False
            if was_down:
                logger.warning("The cache is back.")


def _forgiving(operation: Callable[..., Any], miss: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``operation`` of the client, answering with ``miss`` where the server cannot be reached."""

    @functools.wraps(operation)
    def forgiving(client: "ForgivingClient", *arguments: Any, **named: Any) -> Any:
        if not client.outage.is_paused():
            try:
                found = operation(client, *arguments, **named)
            except (RedisError, OSError) as error:
                client.outage.note_failure(error)
            else:
                client.outage.note_success()
                return found
        return miss(*arguments, **named)

    return forgiving


def _not_found(key: str, _delta: int) -> int:
    raise ValueError(f"Key {key!r} not found.")  # as Django says of a key that is not there


class ForgivingClient(RedisCacheClient):
    """Django's client of Redis; each operation says what an empty cache would."""

    # Nothing was there, so whoever adds may go on; all else was not there either.
    add = _forgiving(RedisCacheClient.add, lambda *_: True)
    get = _forgiving(RedisCacheClient.get, lambda _, default: default)
    set = _forgiving(RedisCacheClient.set, lambda *_: None)
    touch = _forgiving(RedisCacheClient.touch, lambda *_: False)
    delete = _forgiving(RedisCacheClient.delete, lambda *_: False)
    get_many = _forgiving(RedisCacheClient.get_many, lambda *_: {})
    has_key = _forgiving(RedisCacheClient.has_key, lambda *_: False)
    incr = _forgiving(RedisCacheClient.incr, _not_found)
    set_many = _forgiving(RedisCacheClient.set_many, lambda *_: None)
    delete_many = _forgiving(RedisCacheClient.delete_many, lambda *_: None)
    clear = _forgiving(RedisCacheClient.clear, lambda: False)

    def __init__(self, servers: list[str], **options: Any) -> None:
        usual = {"socket_connect_timeout": TIMEOUT_SECONDS, "socket_timeout": TIMEOUT_SECONDS}
        super().__init__(servers, **(usual | {"retry": Retry(NoBackoff(), 0)} | options))
        self.outage = _outages.setdefault(",".join(servers), _Outage())
        self._clients: dict[Any, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:  # noqa: ARG002  # as Django calls it
        """Return a client that stays: one for each operation, as Django has it, costs more than asking."""
        here: Any = self  # which Django's types leave half untold
        pool = here._get_connection_pool(write)
        if pool not in self._clients:
            self._clients[pool] = here._client(connection_pool=pool)
        return self._clients[pool]


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, where what cannot be reached is not there."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient


#: One for each address: Django makes a client for each thread.
_outages: dict[str, _Outage] = {}

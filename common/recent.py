"""What a process made and is asked for again: the last so many values, each under all that it is made of."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class _Missing:
    """Nothing is kept, which is not the same as ``None``."""


_MISSING = _Missing()


class Recent(Generic[T]):
    """Keeps at most ``most`` values; what was not asked for longest goes first. Safe among threads.

    A key must name everything that the value depends on: nothing here is ever out of date by itself.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._values: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of ``key``, made now where it is not here; two threads may both make it."""
        with self._lock:
            value = self._values.get(key, _MISSING)
            if not isinstance(value, _Missing):
                self._values.move_to_end(key)
                return value
        return self.keep(key, make())

    def recall(self, key: Hashable) -> T | None:
        """Return the value of ``key``, ``None`` where it is not here."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def keep(self, key: Hashable, value: T) -> T:
        """Keep ``value`` under ``key``, and return it."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

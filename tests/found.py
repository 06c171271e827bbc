"""What is there in a test, though it need not be: the value without its ``None``."""

from typing import TypeVar

Thing = TypeVar("Thing")


def found(value: Thing | None) -> Thing:
    """The value; where there is none, the test fails here."""
    assert value is not None, "Nothing was found."
    return value

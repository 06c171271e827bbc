"""Reads calendar files as calendar programs do: a property comes back as the type that RFC 5545 gives it."""

from datetime import date, datetime, timedelta

from icalendar import Calendar, Component, Event, vDDDTypes, vRecur, vUTCOffset


def events(file: bytes | str) -> list[Event]:
    """The entries of a file, in its order."""
    return Calendar.from_ical(file).events


def text(part: Component, name: str) -> str:
    """A property of words, an address or a name (3.3.3, 3.3.11, 3.3.13)."""
    value = part[name]
    assert isinstance(value, str), f"{name} is no text: {value!r}"
    return str(value)


def number(part: Component, name: str) -> int:
    """A whole number (3.3.8)."""
    value = part[name]
    assert isinstance(value, int), f"{name} is no number: {value!r}"
    return int(value)


def moment(part: Component, name: str) -> datetime:
    """A date with a time (3.3.5)."""
    value = day(part, name)
    assert isinstance(value, datetime), f"{name} has no time: {value!r}"
    return value


def day(part: Component, name: str) -> date:
    """A date, with or without a time (3.3.4)."""
    value = part[name]
    assert isinstance(value, vDDDTypes), f"{name} is no date: {value!r}"
    assert isinstance(value.dt, date), f"{name} is no date: {value.dt!r}"
    return value.dt


def recurrence(part: Component) -> vRecur:
    """The rule by which it is repeated (3.3.10)."""
    value = part["RRULE"]
    assert isinstance(value, vRecur), f"RRULE is no rule: {value!r}"
    return value


def offset(part: Component, name: str) -> timedelta:
    """How far a clock is from UTC (3.3.14)."""
    value = part[name]
    assert isinstance(value, vUTCOffset), f"{name} is no offset: {value!r}"
    return value.td


def parameters(part: Component, name: str) -> dict[str, str]:
    """What is said about a property besides its value (3.2)."""
    return {key: str(value) for key, value in part[name].params.items()}

"""Words in curly brackets that stand for something else in each email: a name, the event, a way to a page.

What is written is checked when it is saved: a name that nobody knows, one that says nothing for this audience
and a bracket that stands alone are refused, so that nobody ever reads "Dear {frist name}".
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

from django.conf import settings
from django.urls import reverse

from events.models import Contributor, Event
from members.models import Member
from team.models import Announcement

PLACEHOLDER: Final = re.compile(r"\{([^{}<>]{0,60})\}")
#: Links of a message as it is stored: where each leads, and its words.
ADDRESS: Final = re.compile(r'href="([^"]*)"')
LINKED: Final = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
#: A placeholder within an address: words alone, unlike the numbers in brackets that other programs make.
WORDS: Final = re.compile(r"\{[a-z ]+\}", re.IGNORECASE)
#: "[the programme]({programme link})", which is no link: addresses have no blanks.
NOT_AN_ADDRESS: Final = re.compile(r"\]\s*\(\s*\{")
#: What people are called by that is no name.
TITLES: Final = frozenset(
    [
        "dr",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "mx",
        "miss",
        "sir",
        "dame",
        "rev",
        "reverend",
        "sister",
        "matron",
    ]
)
Person = Member | Contributor


@dataclass(frozen=True)
class Placeholder:
    """One of them: what an editor reads of it, and whether it needs an event."""

    name: str
    what: str
    of_event: bool = False


NAMES: Final = (
    Placeholder("first name", "Their first name, as far as we can tell: “Ada”"),
    Placeholder("name", "Their name as they write it: “Dr Ada Lovelace”"),
    Placeholder("event", "What the event is called", of_event=True),
    Placeholder("event link", "The way to the event’s page", of_event=True),
    Placeholder("programme link", "The way to its programme", of_event=True),
    Placeholder("registration link", "The way to registering for it", of_event=True),
    Placeholder("agenda link", "The way to their agenda", of_event=True),
    Placeholder("feedback link", "The way to saying what they thought of it", of_event=True),
    Placeholder("record link", "The way to their CPD record of it", of_event=True),
    Placeholder("on demand link", "The way to its recordings", of_event=True),
)
#: Placeholder → name of its page, and what the link is called.
LINKS: Final = {
    "event link": ("events:event", "See the event"),
    "programme link": ("events:programme", "See the programme"),
    "registration link": ("events:register", "Register for the event"),
    "agenda link": ("workshops:agenda", "See your agenda"),
    "feedback link": ("learning:event_feedback", "Say what you thought of it"),
    "record link": ("learning:record", "See your CPD record"),
    "on demand link": ("recordings:list", "Watch on demand"),
}


def mistakes(text: str, event: Event | None) -> list[str]:
    """Say what is wrong with the placeholders of a subject, or of a message as it is stored; each once."""
    known = {one.name: one for one in NAMES}
    found = []
    for written in PLACEHOLDER.findall(text):
        name = _name(written)
        if name not in known:
            found.append(f"There is no placeholder {{{unescape(written)}}}. {there_are(event)}")
        elif known[name].of_event and event is None:
            found.append(f"{{{name}}} says nothing here: this audience is of no event. {there_are(event)}")
    found += _in_links(text)
    rest = PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest:
        found.append(
            "A curly bracket stands alone. Write { and } around one placeholder, in one piece: {first name}."
        )
    return list(dict.fromkeys(found))


def _in_links(text: str) -> list[str]:
    """Say what is wrong with placeholders in the links of a message as it is stored."""
    found = []
    addresses = (unquote(one) for one in ADDRESS.findall(text))
    if NOT_AN_ADDRESS.search(text) or any(WORDS.search(one) for one in addresses):
        found.append(
            "A placeholder cannot be the address of a link, or stand in one. Write {programme link} alone: "
            "it becomes a link with words of its own."
        )
    inside = [_name(one) for words in LINKED.findall(text) for one in PLACEHOLDER.findall(words)]
    links = [one for one in inside if one in LINKS]
    return found + [f"{{{one}}} is a link itself: take it out of the link around it." for one in links]


def there_are(event: Event | None) -> str:
    """Say which there are for an audience of this event, or of none."""
    names = ", ".join(f"{{{one.name}}}" for one in NAMES if event is not None or not one.of_event)
    return f"There are: {names}."


def in_html(words: str, told: Announcement, person: Person) -> str:
    """Return a message as HTML with the words of this person."""
    return _filled(words, _values(told, person, lambda url, label: f'<a href="{url}">{label}</a>', escape))


def in_subject(subject: str, told: Announcement, person: Person) -> str:
    """Return a subject with the words of this person."""
    return _filled(subject, _values(told, person, lambda url, _: url, str))


def first_name(name: str) -> str:
    """Return the first of their names, without a title; the whole name where nothing else is left."""
    words = name.split()
    while len(words) > 1 and words[0].rstrip(".").lower() in TITLES:
        words = words[1:]
    return words[0] if words else name


def _filled(text: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: values.get(_name(found[1]), found[0]), text)


def _values(
    told: Announcement, person: Person, link: Callable[[str, str], str], safe: Callable[[str], str]
) -> dict[str, str]:
    values = {"first name": safe(first_name(person.name)), "name": safe(person.name)}
    if told.event is not None:
        values["event"] = safe(told.event.title)
        for name, (page, label) in LINKS.items():
            values[name] = link(settings.SITE_URL + reverse(page, args=[told.event.slug]), label)
    return values


def _name(written: str) -> str:
    return " ".join(unescape(written).lower().split())

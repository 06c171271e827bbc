"""People at the opening of booking, over HTTP: who presses, and whose agenda is open (``bench.opening``)."""

import asyncio
import json
import random
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.crypto import get_random_string

from events.models import Session

WITHIN = 3.0
#: A page looks again after so many seconds and up to as many more (static/js/agenda.js).
ROUND, MORE = 10.0, 20.0


@dataclass
class Site:
    """Where the site answers, what is pressed there, and who is logged in: a cookie for each."""

    port: int
    session: Session
    logins: list[str]
    token: str = field(default_factory=lambda: get_random_string(32))
    errors: list[int] = field(default_factory=list)

    @property
    def slot(self) -> str:
        """The id of the slot that is pressed in."""
        return f"slot-{self.session.starts_at:%Y%m%d-%H%M}"

    def address(self, name: str, *more: str) -> str:
        """Return the address of a page of the agenda."""
        return reverse(f"workshops:{name}", args=[self.session.event.slug, *more])


class Line:
    """One connection that stays open."""

    def __init__(self, site: Site, login: str) -> None:
        self.site, self.login = site, login
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, bytes]:
        """Return status and body of the answer."""
        if self.reader is None or self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.site.port)
        cookie = f"sessionid={self.login}; csrftoken={self.site.token}"
        head = {"Host": f"127.0.0.1:{self.site.port}", "Cookie": cookie, **headers}
        if body:
            head |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", body]
        self.writer.write("\r\n".join(lines).encode())
        try:
            told = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        except asyncio.IncompleteReadError as ended:
            if method != "GET" or ended.partial:
                raise
            self.reader = self.writer = (
                None  # the server ends what says nothing for long: a browser asks anew
            )
            return await self.ask(method, path, body, **headers)
        status = int(told.split(maxsplit=2)[1])
        length = int(told.partition("content-length: ")[2].partition("\r\n")[0] or 0)
        answer = await self.reader.readexactly(length)
        if status >= 400:
            self.site.errors.append(status)
        return status, answer

    def close(self) -> None:
        """End it."""
        if self.writer is not None:
            self.writer.close()


async def press(line: Line) -> float:
    """Book the workshop on the agenda; return how long that took, in seconds."""
    site = line.site
    form = urlencode({"csrfmiddlewaretoken": site.token, "wanted": "place"})
    headers = {"HX-Request": "true", "HX-Target": site.slot}
    began = perf_counter()
    await line.ask("POST", site.address("book", site.session.slug), form, **headers)
    return perf_counter() - began


async def look(site: Site, login: str) -> None:
    """Look at an open agenda for ever: places, and where the workshop has turned full, its slot."""
    line = Line(site, login)
    was_full = False
    await asyncio.sleep(random.uniform(0, ROUND + MORE))  # noqa: S311  # as people open it
    while True:
        _, body = await line.ask("GET", site.address("places_now"))
        is_full = json.loads(body)["sessions"][str(site.session.pk)]["full"]
        if is_full and not was_full:
            parts = [("part", one) for one in (site.slot, f"glance-{site.slot}", "agenda-summary")]
            await line.ask("GET", f"{site.address('agenda_parts')}?{urlencode(parts)}")
        was_full = is_full
        await asyncio.sleep(random.uniform(ROUND, ROUND + MORE))  # noqa: S311  # as the page does


async def first(site: Site, logins: list[str]) -> list[float]:
    """Let these press within the first seconds, each on a line of their own."""

    async def one(login: str) -> float:
        line = Line(site, login)
        await line.ask("GET", site.address("places_now"))  # their page is open
        await asyncio.sleep(random.uniform(0, WITHIN))  # noqa: S311  # as people press
        took = await press(line)
        line.close()
        return took

    return list(await asyncio.gather(*map(one, logins)))


async def rest(site: Site, logins: list[str], at_once: int) -> list[float]:
    """Let these press, so many at once."""
    queue, took = iter(logins), []

    async def one() -> None:
        for login in queue:
            line = Line(site, login)
            took.append(await press(line))
            line.close()

    await asyncio.gather(*(one() for _ in range(at_once)))
    return took

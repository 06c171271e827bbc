"""Drives a Firefox as it is installed, by its own remote protocol: Playwright brings a build of its own.

That is Marionette (firefox-source-docs.mozilla.org/testing/marionette/Protocol.html). A message is its
length, a colon, and JSON: ``[0, id, command, parameters]`` goes there, ``[1, id, error, result]`` comes back.
Clicks and keys are real ones, and a command that leads to another page answers when that page has loaded.
"""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

NAMES: Final = ("firefox-esr", "firefox")
#: The key of an element in an answer (WebDriver, 12.1).
ELEMENT: Final = "element-6066-11e4-a52e-4f735466cecf"
STARTS_WITHIN, ANSWERS_WITHIN = 60, 60
PREFERENCES: Final = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.aboutwelcome.enabled": False,
}
#: Finds what a person would name so: a field by its label, a button or link by its words.
#: Buttons that have just appeared are passed over by the pointer for a moment.
REACHED: Final = "return getComputedStyle(arguments[0]).pointerEvents"
FIND: Final = """
const [name] = arguments;
const words = (one) => one.textContent.replace(/\\s+/g, " ").trim();
const seen = (one) => one.checkVisibility() && !one.closest("header");
const label = [...document.querySelectorAll("label")].filter(seen).find((one) => words(one).startsWith(name));
return label?.control ?? [...document.querySelectorAll("button, a[href]")].filter(seen)
  .find((one) => words(one).startsWith(name)) ?? null;
"""


class Firefox:
    """One window of a Firefox that listens on ``port``."""

    def __init__(self, port: int, address: str) -> None:
        self.address = address
        self.count = 0
        self.link = _connected(port)
        self.stream = self.link.makefile("rb")
        self._read()  # says hello
        self("WebDriver:NewSession", strictFileInteractability=True)

    def __call__(self, command: str, **parameters: Any) -> Any:
        """Send a command and return its result; ``AssertionError`` with what Firefox says is wrong."""
        self.count += 1
        message = json.dumps([0, self.count, command, parameters]).encode()
        self.link.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        assert error is None, f"{command}: {error}"
        return result

    def goto(self, path: str) -> None:
        """Open a page of the site."""
        self("WebDriver:Navigate", url=self.address + path)

    def fill(self, label: str, text: str) -> None:
        """Type into a field."""
        self("WebDriver:ElementSendKeys", id=self._find(label), text=text)

    def press(self, name: str) -> None:
        """Click a button, a link or a box to tick, as soon as the pointer reaches it."""
        found = self._find(name)
        until = time.monotonic() + ANSWERS_WITHIN
        while self.script(REACHED, {ELEMENT: found}) == "none":
            assert time.monotonic() < until, f"“{name}” is out of the pointer’s reach."
        self("WebDriver:ElementClick", id=found)

    def heading(self) -> str:
        """Return what the page is called."""
        return " ".join(str(self.script("return document.querySelector('h1').textContent")).split())

    def script(self, source: str, *arguments: Any) -> Any:
        """Return what a script returns."""
        return self("WebDriver:ExecuteScript", script=source, args=list(arguments))["value"]

    def _find(self, name: str) -> str:
        found = self.script(FIND, name)
        assert found, f"“{name}” is not on the page “{self.heading()}”"
        return str(found[ELEMENT])

    def _read(self) -> Any:
        length = b""
        while (figure := self.stream.read(1)) != b":":
            assert figure, "Firefox has gone."
            length += figure
        return json.loads(self.stream.read(int(length)))


def path() -> str | None:
    """Return where the Firefox of this machine is."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launched(profile: Path, address: str) -> Iterator[Firefox]:
    """Start Firefox without a window, in a new ``profile``, for a site at ``address``."""
    executable, port = path(), _free_port()
    assert executable is not None, "No Firefox here."
    lines = [
        f"user_pref({json.dumps(name)}, {json.dumps(value)});"
        for name, value in (PREFERENCES | {"marionette.port": port}).items()
    ]
    (profile / "user.js").write_text("\n".join(lines))
    argv = [executable, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        firefox = Firefox(port, address)
        with closing(firefox.link), closing(firefox.stream):
            yield firefox
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def _connected(port: int) -> socket.socket:
    """Return a connection as soon as Firefox takes one."""
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=ANSWERS_WITHIN)
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)

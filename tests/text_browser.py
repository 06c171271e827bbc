"""Drives lynx, a browser of letters only, with keys as people press them."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

TAB, ENTER, QUIT = "^I", "^J", "Q"
SPACE: Final = "<space>"


def path() -> str | None:
    """Return where the lynx of this machine is."""
    return shutil.which("lynx")


@dataclass
class Lynx:
    """A lynx with its files in ``folder``, for a site at ``address``; ``open`` presses the keys."""

    folder: Path
    address: str
    keys: list[str] = field(default_factory=list)

    def read(self, page: str) -> str:
        """Return a page as lynx prints it, with a number before each link, field and button."""
        return self._run("-dump", "-number_fields", "-width=100", self.address + page)

    def go_to(self, words: str, page: str) -> None:
        """On the page that is opened, go to the field or button whose line has these words."""
        line = next((one for one in self.read(page).splitlines() if words in one), "")
        found = re.search(r"\[(\d+)\]", line)
        assert found, f"{words} has no number: {self.read(page)}"
        self.press(*[TAB] * (int(found[1]) - 1))

    def find(self, words: str) -> None:
        """Look for words on the page that one has come to: the link or button that has them is next."""
        self.press("/")
        self._letters(words)
        self.press(ENTER)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self.keys += keys

    def type(self, text: str) -> None:
        """Type into the field that one is in, and move on."""
        self._letters(text)
        self.press(TAB)

    def open(self, page: str) -> str:
        """Open a page, press all keys that were asked for, and leave; return what was on the screen."""
        script = self.folder / "keys"
        script.write_text("".join(f"key {key}\n" for key in (*self.keys, QUIT)))
        return self._run(f"-cmd_script={script}", self.address + page)

    def _letters(self, text: str) -> None:
        self.press(*(SPACE if letter == " " else letter for letter in text))

    def _run(self, *arguments: str) -> str:
        executable = path()
        assert executable is not None, "No lynx here."
        argv = [executable, "-accept_all_cookies"]
        screen = {"TERM": "vt100", "LINES": "60", "COLUMNS": "100", "HOME": str(self.folder)}
        done = subprocess.run(  # noqa: S603 - ours
            [*argv, *arguments],
            env=os.environ | screen,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.stdout

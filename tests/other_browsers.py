"""``python -m tests.other_browsers`` gets Firefox and lynx from Debian where one is root.

What is missing is said by pytest's report, and its tests are left out.
"""

import os
import shutil
import subprocess

from tests import firefox, text_browser

PACKAGES = {"firefox-esr": firefox.path, "lynx": text_browser.path}


def fetch() -> None:
    """Install what is missing."""
    missing = [package for package, is_there in PACKAGES.items() if not is_there()]
    apt = shutil.which("apt-get")
    if not missing or apt is None or os.geteuid() != 0:
        return
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
        subprocess.run([apt, "-qq", *arguments], env=env, check=False, capture_output=True)  # noqa: S603 - ours


if __name__ == "__main__":
    fetch()

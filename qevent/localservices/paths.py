"""Where a checkout keeps its servers, and the addresses at which they answer.

Both follow from the path of the checkout (and the user) alone, so that any command in any
terminal knows them without asking a running server. Data lie in ``.local`` of the checkout.
Two things force them elsewhere: Postgres refuses to run as root and runs as ``nobody``
instead, which cannot enter a closed folder such as ``/root``; and the path of a unix socket
is limited to 107 bytes.
"""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from qevent.localservices.trouble import Trouble

CHECKOUT = Path(__file__).resolve().parent.parent.parent
#: The longest name that a server puts into its folder of sockets.
LONGEST_SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107


@dataclass(frozen=True)
class Home:
    """The folders of one pair of servers: their data and, apart, their sockets."""

    data: Path
    sockets: Path

    @property
    def database_url(self) -> str:
        """The address of Postgres, in the form that django-environ reads."""
        return f"postgresql://postgres@/app?host={self.sockets / 'postgres'}"

    @property
    def redis_url(self) -> str:
        """The address of Valkey."""
        return f"unix://{self.sockets / 'valkey' / 'socket'}?db=0"


def home(name: str = "services", checkout: Path = CHECKOUT) -> Home:
    """Return where the servers called ``name`` of ``checkout`` live; creates nothing."""
    mark = hashlib.sha256(str(checkout).encode()).hexdigest()[:12]
    data = checkout / ".local" / name
    if os.geteuid() == 0 and not is_open_to_all(checkout):
        data = Path("/var/tmp") / f"qevent-{mark}" / name  # noqa: S108 - its owner is checked by make_own
    sockets = data / "run"
    if len(os.fsencode(sockets / "postgres" / LONGEST_SOCKET)) > SOCKET_PATH_LIMIT:
        sockets = Path("/tmp") / f"qevent-{os.geteuid()}-{mark}-{name}"  # noqa: S108 - as above
    return Home(data, sockets)


def is_open_to_all(path: Path) -> bool:
    """Whether every user of this machine may enter ``path`` (or run it, where it is a file)."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def make_own(folder: Path) -> Path:
    """Create ``folder`` with its parents, enterable by all and writable by its owner only.

    Raises ``Trouble`` where somebody else made a folder of that name under ``/tmp`` before us.
    """
    for step in reversed([folder, *folder.parents]):
        if not step.exists():
            step.mkdir(mode=0o711, exist_ok=True)
            step.chmod(0o711)
    shared = {Path("/tmp"), Path("/var/tmp")}  # noqa: S108 - named to be distrusted
    for step in (folder, *folder.parents):
        if step.parent in shared:
            facts = step.lstat()
            foreign = facts.st_uid != os.geteuid() or stat.S_ISLNK(facts.st_mode) or facts.st_mode & 0o022
            if foreign and step not in _checkout_and_parents():
                raise Trouble(f"{step} belongs to somebody else; remove it and try again.")
    return folder


def _checkout_and_parents() -> tuple[Path, ...]:
    return (CHECKOUT, *CHECKOUT.parents)

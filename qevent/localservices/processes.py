"""Child processes that never outlive their owner, and are stopped politely, then for good.

On Linux the kernel itself signals a child when its owner dies (``PR_SET_PDEATHSIG``), however
it dies; elsewhere only an orderly end stops the children. The signal fires when the *thread*
that started the child ends, so children are started from the main thread.
"""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(death_signal: signal.Signals, parent: int) -> None:
    """Ask the kernel to send ``death_signal`` to this process when its parent dies."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:
            os.kill(os.getpid(), death_signal)


def start(
    argv: Sequence[str | Path],
    *,
    death_signal: signal.Signals = signal.SIGTERM,
    user: pwd.struct_passwd | None = None,
    output: IO[bytes] | None = None,
    has_errors_apart: bool = False,
    env: Mapping[str, str] | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start ``argv`` in a session of its own, so that Ctrl-C reaches the owner first.

    ``death_signal`` is what it gets when its owner dies; ``user`` whom root becomes for it;
    ``output`` takes what it prints (None: the terminal), where ``has_errors_apart`` without its errors.
    ``pass_fds`` are open files that it gets under the same numbers.
    """
    return subprocess.Popen(
        [os.fspath(part) for part in argv],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output and not has_errors_apart else None,
        env=env,
        pass_fds=pass_fds,
        start_new_session=True,
        preexec_fn=_preparation(death_signal),
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )


def _preparation(death_signal: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()
    return lambda: die_with_parent(death_signal, parent)


def stop(process: subprocess.Popen[bytes], how: signal.Signals, *, within: float) -> None:
    """Send ``how``, wait ``within`` seconds, then kill the process and all of its group."""
    with suppress(ProcessLookupError):
        process.send_signal(how)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=within)
    kill_group(process)
    process.wait()


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of ``process`` and its children."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def is_running(pid: int) -> bool:
    """Whether ``pid`` is a living process (a zombie is not); where that cannot be seen: no."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state not in "ZX"


def command_line(pid: int) -> list[str]:
    """Return the words with which ``pid`` was started; empty where they cannot be seen."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    return [os.fsdecode(word) for word in words.split(b"\0") if word]

"""``make mutants``: changes rule modules one place at a time, and tells which change no test of theirs sees.

A mutant is the module with one place of it (tests/mutations.py) turned around or left out. Its tests run
until the first fails; where none does, it has survived and its line is printed. What has survived is kept in
docs/mutants.md: killed by a new test, or explained. It takes up to a test run a mutant: no part of CI.

All tests are collected and the database is made once, and it is noted which test calls which function: for a
change to it the others are left out. Each mutant lives in a process forked from there, which puts the changed
module in place of what was imported, wherever a name of it has gone; no file is touched.
"""

import itertools
import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from django.db import connections

from tests.mutated_modules import MODULES
from tests.mutations import mutants, noting_calls

#: A mutant with which one test takes longer, in seconds, has lost its way, which is seen.
LONGEST = 30
#: No test has failed.
NONE = -1


class Mutants:
    """In place of a run of all tests: a run for each mutant of the modules that are named."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Print which mutants no test has seen.

        Raises ``pytest.UsageError`` where a test fails with the modules as they are.
        """
        _make_the_database(session)
        called = _in_a_fork(partial(_called, session, self.names))
        if not isinstance(called, dict):
            raise pytest.UsageError(f"A test fails with the modules as they are: {called}")
        for name in self.names:
            tests = {
                item: set(called[item.nodeid].get(name, ()))
                for test in MODULES[name]
                for item in session.items
                if item.nodeid.startswith(test)
            }
            tell(f"{name}: {_tried(session, tests, name)}")
        return True


def tell(line: str) -> None:
    """Print one line of what was found, at once."""
    print(line, flush=True)  # noqa: T201 - its output


def _make_the_database(session: pytest.Session) -> None:
    """Run one test, so that everything which stays for the session is there, and let go of connections."""
    session.config.hook.pytest_runtest_protocol(item=session.items[0], nextitem=session)
    connections.close_all()


def _in_a_fork(act: Callable[[], object]) -> Any:
    """Return what ``act`` does in a process of its own; ``None`` where that ends badly."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            os.write(write, json.dumps(act()).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else None


def _called(session: pytest.Session, names: list[str]) -> dict[str, dict[str, list[int]]] | str:
    """Run all tests; return which functions of which module each has called, by the line they begin in.

    Where one fails, return its name.
    """
    called: dict[str, dict[str, list[int]]] = {}
    noted: dict[str, set[int]] = {name: set() for name in names}
    for name in names:
        module = _module(name)
        vars(module)["_note"] = noted[name].add
        _put_in(module, compile(noting_calls(Path(name).read_text(), "_note"), name, "exec"))
    for item, following in itertools.pairwise([*session.items, session]):
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return item.nodeid
        called[item.nodeid] = {name: sorted(lines) for name, lines in noted.items() if lines}
        for lines in noted.values():
            lines.clear()
    return called


def _tried(session: pytest.Session, tests: dict[pytest.Item, set[int]], name: str) -> str:
    """Try each mutant of a module, print what has survived, and return how many have."""
    survived = tried = 0
    items = list(tests)
    for mutant in mutants(Path(name).read_text()):
        tried += 1
        code = compile(mutant.tree, name, "exec")
        theirs = [item for item in items if mutant.function is None or mutant.function in tests[item]]
        failed = _in_a_fork(partial(_first_to_fail, session, theirs, _module(name), code))
        if failed == NONE:
            survived += 1
            tell(f"{name}:{mutant.line} {mutant.text}{'' if theirs else ' (no test calls it)'}")
        elif failed is not None:  # it may see the next one too
            items.remove(theirs[failed])
            items.insert(0, theirs[failed])
    return f"{survived} of {tried} survived"


def _first_to_fail(
    session: pytest.Session, items: list[pytest.Item], module: ModuleType, code: CodeType
) -> int:
    """Run tests with other code for a module; return the number of the first to fail."""
    _put_in(module, code)
    for number, (item, following) in enumerate(itertools.pairwise([*items, session])):
        signal.alarm(LONGEST)
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return number
    return NONE


def _module(name: str) -> ModuleType:
    return import_module(name.removesuffix(".py").replace("/", "."))


def _put_in(module: ModuleType, code: CodeType) -> None:
    """Run ``code`` as the module, and hand on what it has made to whoever imported that by name."""
    before = dict(vars(module))
    exec(code, vars(module))  # noqa: S102 - ours, changed in one place
    # What others have registered in a list of the module stays.
    vars(module).update({name: value for name, value in before.items() if isinstance(value, list)})
    hooks = {value: vars(module)[name] for name, value in before.items() if isinstance(value, FunctionType)}
    for other in list(sys.modules.values()):
        for name, value in list(vars(other).items()):
            if name in before and value is before[name]:
                setattr(other, name, vars(module)[name])
            elif isinstance(value, list):
                value[:] = [hooks.get(one, one) if isinstance(one, FunctionType) else one for one in value]
    for name, old in before.items():
        if isinstance(old, type) and (new := vars(module)[name]) is not old:
            heirs: list[type] = old.__subclasses__()
            for heir in heirs:
                heir.__bases__ = tuple(new if base is old else base for base in heir.__bases__)


def main(names: list[str]) -> int:
    """Try the modules that are named, or all of them."""
    names = names or list(MODULES)
    files = dict.fromkeys(file for name in names for file in MODULES[name])
    argv = [
        "-qq",
        "-s",
        "--tb=no",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-m",
        "not full and not browser",
        *files,
    ]
    return pytest.main(argv, plugins=[Mutants(names)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""``make mutants``: changes rule modules one place at a time, and tells which change no test of theirs sees.

A mutant is the module with one comparison, condition, number or call turned around or left out. Its tests run
until the first fails; where none does, it has survived and its line is printed. What has survived is kept in
docs/mutants.md: killed by a new test, or explained. It takes a test run a mutant, so it is no part of CI.
The modules are changed where they lie and put back, whatever happens: nothing else may work in the checkout.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

#: Rule modules, and the tests that hold them.
MODULES = {
    "workshops/places/deadlines.py": ("tests/workshops/places/test_deadlines.py",),
    "workshops/places/eligibility.py": (
        "tests/workshops/places/test_eligibility.py",
        "tests/workshops/places/test_booking.py",
        "tests/workshops/places/test_choices.py",
    ),
    "workshops/places/booking.py": ("tests/workshops/places",),
    "workshops/places/waiting_list.py": ("tests/workshops/places",),
    "comments/moderation/decisions.py": ("tests/comments/moderation",),
}
COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
FAILED = 1


@dataclass(frozen=True)
class Mutant:
    """A module with one place changed: ``line`` of it now reads ``text``."""

    line: int
    text: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every module that differs from this one in one place."""
    places = sum(1 for _ in _places(ast.parse(source)))
    for number in range(places):
        tree = ast.parse(source)
        node, change = list(_places(tree))[number]
        change()
        changed = ast.unparse(tree)
        yield Mutant(node.lineno, ast.unparse(node).split("\n")[0][:90], changed)


def _places(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, Callable[[], None]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
            yield node, partial(node.ops.__setitem__, 0, COMPARED[type(node.ops[0])]())
        if isinstance(node, ast.BoolOp):
            yield (
                node,
                partial(setattr, node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And()),
            )
        if isinstance(node, ast.If | ast.IfExp):
            yield (
                node.test,
                partial(setattr, node, "test", ast.UnaryOp(ast.Not(), node.test)),
            )
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            yield node, partial(setattr, node, "value", _other(node.value))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield node, partial(setattr, node, "value", ast.Constant(None))


def _other(value: bool | int) -> bool | int:
    return not value if isinstance(value, bool) else value + 1


def survivors(module: Path, tests: tuple[str, ...]) -> Iterator[Mutant]:
    """Yield the mutants of a module that its tests do not see."""
    source = module.read_text()
    try:
        for mutant in mutants(source):
            module.write_text(mutant.source)
            if not _is_seen(tests):
                yield mutant
    finally:
        module.write_text(source)


def _is_seen(tests: tuple[str, ...]) -> bool:
    argv = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", "not full", *tests]
    # A module that is written twice a second would be taken for what was compiled before.
    env = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(argv, capture_output=True, text=True, check=False, env=env)  # noqa: S603 - ours
    return done.returncode >= FAILED


def main(names: list[str]) -> None:
    """Try the modules that are named, or all of them, and print what has survived."""
    for name in names or MODULES:
        module, count = Path(name), 0
        for mutant in survivors(module, MODULES[name]):
            count += 1
            print(f"{name}:{mutant.line} {mutant.text}", flush=True)  # noqa: T201 - its output
        print(f"{name}: {count} of {sum(1 for _ in mutants(module.read_text()))} survived", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])

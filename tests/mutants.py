"""``make mutants``: changes rule modules one place at a time, and tells which change no test of theirs sees.

A mutant is the module with one place of it (tests/mutations.py) turned around or left out. Its tests run
until the first fails; where none does, it has survived and its line is printed. What has survived is kept in
docs/mutants.md: killed by a new test, or explained. It takes up to a test run a mutant: no part of CI.

All tests are collected and the database is made once. Each mutant lives in a process forked from there, which
puts the changed module in place of what was imported, wherever a name of it has gone; no file is touched.
"""

import itertools
import os
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from types import CodeType, ModuleType

import pytest
from django.db import connections

from tests.mutations import mutants

PLACES = "tests/workshops/places"
#: Plays every act of the rules, and asks for its entry in the trail.
ACTS = "tests/contracts/acts/test_audit.py"
#: Rule modules, and the tests that hold them, the quick and most telling first.
MODULES = {
    "workshops/places/deadlines.py": (f"{PLACES}/test_deadlines.py",),
    "workshops/places/eligibility.py": (
        f"{PLACES}/test_eligibility.py",
        f"{PLACES}/test_booking.py",
        f"{PLACES}/test_choices.py",
    ),
    "workshops/places/booking.py": (
        f"{PLACES}/test_booking.py",
        f"{PLACES}/test_swapping.py",
        f"{PLACES}/test_giving_up.py",
        f"{PLACES}/test_waiting_list.py",
        f"{PLACES}/test_waiting_again.py",
        f"{PLACES}/test_eligibility.py",
        "tests/workshops/test_notices.py",
        "tests/workshops/views/test_offers.py",
        "tests/workshops/views/test_swapping.py",
        ACTS,
    ),
    "workshops/places/waiting_list.py": (
        f"{PLACES}/test_waiting_list.py",
        f"{PLACES}/test_waiting_again.py",
        f"{PLACES}/test_giving_up.py",
        f"{PLACES}/test_booking.py",
        "tests/workshops/test_notices.py",
        "tests/workshops/views/test_offers.py",
        "tests/workshops/admin/test_bookings.py",
        ACTS,
    ),
    "workshops/places/counters.py": (
        f"{PLACES}/test_booking.py",
        f"{PLACES}/test_choices.py",
        f"{PLACES}/test_giving_up.py",
        f"{PLACES}/test_swapping.py",
        f"{PLACES}/test_waiting_list.py",
        ACTS,
    ),
    "workshops/places/cancellation.py": (f"{PLACES}/test_cancellation.py", ACTS),
    "workshops/places/choices.py": (
        f"{PLACES}/test_choices.py",
        f"{PLACES}/test_choices_after_approval.py",
        "tests/workshops/programme/test_changes.py",
        ACTS,
    ),
    "workshops/places/choices_after_approval.py": (f"{PLACES}/test_choices_after_approval.py", ACTS),
    "workshops/agenda/states.py": (
        "tests/workshops/agenda/test_states.py",
        "tests/workshops/agenda/test_moments.py",
        "tests/workshops/agenda/test_overview.py",
    ),
    "events/places.py": (
        "tests/events/test_places.py",
        "tests/events/test_registration.py",
        f"{PLACES}/test_booking.py",
        f"{PLACES}/test_waiting_list.py",
        f"{PLACES}/test_constraints.py",
    ),
    "events/registration.py": (
        "tests/events/test_registration.py",
        "tests/events/test_places.py",
        "tests/events/test_passed_on.py",
        "tests/events/test_views_registration.py",
        "tests/events/test_admin.py",
        f"{PLACES}/test_cancellation.py",
        ACTS,
    ),
    "events/cancellation.py": ("tests/events/test_publishing.py", "tests/events/test_emails.py", ACTS),
    "members/membership.py": (
        "tests/members/test_membership.py",
        "tests/members/admin/test_approval.py",
        "tests/members/accounts/test_sign_up.py",
        ACTS,
    ),
    "comments/moderation/decisions.py": (
        "tests/comments/moderation/test_decisions.py",
        "tests/comments/moderation/test_appeals.py",
        "tests/comments/moderation/test_spam_check.py",
        "tests/team/test_comment_review.py",
        "tests/team/test_views_comment_decisions.py",
        ACTS,
    ),
    "comments/writing/trust.py": (
        "tests/comments/writing/test_trust.py",
        "tests/comments/writing/test_authoring.py",
        "tests/comments/moderation/test_decisions.py",
    ),
    "comments/writing/authoring.py": (
        "tests/comments/writing/test_authoring.py",
        "tests/comments/writing/test_trust.py",
        "tests/comments/test_ways_around.py",
        "tests/comments/views/test_replying.py",
        "tests/comments/views/test_own.py",
        ACTS,
    ),
    "notifications/delivery.py": (
        "tests/notifications/test_delivery.py",
        "tests/notifications/test_delivery_interrupted.py",
        "tests/notifications/test_delivery_refused.py",
        "tests/notifications/test_languages.py",
        "tests/notifications/test_resend.py",
    ),
}
#: A mutant that runs this much longer than its tests do without it has lost its way, which is seen.
PATIENCE = 5


class Mutants:
    """In place of a run of all tests: a run for each mutant of the modules that are named."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Print which mutants no test has seen.

        Raises ``pytest.UsageError`` where the tests of a module fail as it is.
        """
        _make_the_database(session)
        for name in self.names:
            items = [
                item
                for file in MODULES[name]
                for item in session.items
                if item.path == session.config.rootpath / file
            ]
            survived = tried = 0
            source = Path(name).read_text()
            began = time.monotonic()
            if _first_to_fail(session, items, name, compile(source, name, "exec"), 0) is not None:
                raise pytest.UsageError(f"The tests of {name} fail as it is.")
            longest = 1 + PATIENCE * int(1 + time.monotonic() - began)
            for mutant in mutants(source):
                tried += 1
                code = compile(mutant.tree, name, "exec")
                if (failed := _first_to_fail(session, items, name, code, longest)) is None:
                    survived += 1
                    print(f"{name}:{mutant.line} {mutant.text}", flush=True)  # noqa: T201 - its output
                else:
                    items.insert(0, items.pop(failed))  # it may see the next one too
            print(f"{name}: {survived} of {tried} survived", flush=True)  # noqa: T201
        return True


def _make_the_database(session: pytest.Session) -> None:
    """Run one test, so that everything which stays for the session is there, and let go of connections."""
    session.config.hook.pytest_runtest_protocol(item=session.items[0], nextitem=session)
    connections.close_all()


def _first_to_fail(
    session: pytest.Session, items: list[pytest.Item], name: str, code: CodeType, longest: int
) -> int | None:
    """Run tests with other code for a module, in a process of their own; return the first to fail."""
    child = os.fork()
    if not child:
        failed = 1
        try:
            signal.alarm(longest)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            _put_in(import_module(name.removesuffix(".py").replace("/", ".")), code)
            failed = _run(session, items)
        finally:
            os._exit(failed)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return None if not status else max(status - 1, 0)


def _run(session: pytest.Session, items: list[pytest.Item]) -> int:
    """Return the number of the first test that failed, 1 being the first; 0 where none does."""
    for number, (item, following) in enumerate(itertools.pairwise([*items, session]), start=1):
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return min(number, 255)
    return 0


def _put_in(module: ModuleType, code: CodeType) -> None:
    """Run ``code`` as the module, and hand on what it has made to whoever imported that by name."""
    before = dict(vars(module))
    exec(code, vars(module))  # noqa: S102 - ours, changed in one place
    # What others have registered in a list of the module stays.
    vars(module).update({name: value for name, value in before.items() if isinstance(value, list)})
    for other in list(sys.modules.values()):
        for name, value in list(vars(other).items()):
            if name in before and value is before[name]:
                setattr(other, name, vars(module)[name])


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

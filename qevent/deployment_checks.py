"""What ``manage.py check --deploy`` says besides Django: what the server lacks, before people meet it."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from members.privacy import erased_list


def connect() -> None:
    """Tell Django of them; for ``AppConfig.ready``."""
    register(the_list_of_the_erased, deploy=True)


def the_list_of_the_erased(**_: Any) -> list[CheckMessage]:
    """Without it nothing is imported, no address is changed, and nobody is erased."""
    wrong = erased_list.problem()
    hint = "Nothing is imported, no address is changed and nobody is erased meanwhile (docs/operations.md)."
    return [Error(wrong, hint=hint, id="qevent.E001")] if wrong else []

"""What the table of roles says, by role: who gets a page where."""

from tests.contracts.roles.table import GROUPS, ROLES, TABLE


def letters(name: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return what each role gets from the address of this name: for GET, and for POST."""
    got, _, posted = TABLE[name].partition(" | ")
    return _by_role(got), _by_role(posted or got)


def first_with_each(name: str) -> set[str]:
    """Return one role for each answer that GET gets from the address of this name."""
    return {*{letter: role for role, letter in reversed(letters(name)[0].items())}.values()}


def with_a_page_for(role: str) -> list[str]:
    """Return the names of all addresses at which somebody of this role finds a page."""
    return [name for name in TABLE if letters(name)[0][role] == "o"]


def _by_role(said: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in said.split(", "):
        who, _, letter = part.rpartition(" ")
        assert who in GROUPS or who in ROLES, f"“{who}” of “{said}” is no role of roles/table.py."
        found |= dict.fromkeys(GROUPS.get(who, (who,)), letter)
    return found

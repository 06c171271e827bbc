"""Who holds keys of this site, and who may touch the account of somebody who does.

Staff, superusers, and whoever has a team role or any permission hold keys: whoever set their address, or
chose who they are, would hold the same keys. So only a superuser may, on every page and in every action.
"""

from members.models import Member


class StrongerAccount(Exception):
    """An expected no; ``str()`` is the sentence for the reader."""


def holds_keys(member: Member) -> bool:
    """Whether the account can do anything that not every member can, or could with the tick for staff."""
    if member.is_staff or member.is_superuser:
        return True
    return member.groups.exists() or member.user_permissions.exists()


def may_change(member: Member, *, by: Member) -> bool:
    """Whether ``by``, who may change members, may change this one."""
    return by.is_superuser or not holds_keys(member)


def check(member: Member, *, by: Member) -> None:
    """Raise ``StrongerAccount`` where ``by`` may not change this member."""
    if not may_change(member, by=by):
        raise StrongerAccount(f"{member} has a role in the team: only a superuser may do this.")

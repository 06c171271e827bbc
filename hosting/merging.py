"""What merging two accounts makes of invitations: who invited; hosts themselves go over with ``events``."""

from hosting.models import HostNeed, HostNeedToStop, Invitation, Rewording
from members.merging import registry


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    registry.moves(Invitation, "by")
    registry.moves(HostNeed, "arranged_by")
    registry.moves(HostNeedToStop, "owner")
    registry.moves(Rewording, "decided_by")

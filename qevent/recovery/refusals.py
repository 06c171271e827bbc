"""What the commands of this room refuse."""


class RecoveryRefused(Exception):
    """An expected no; ``str()`` says what is wrong and what to do."""

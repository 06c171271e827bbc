"""What members keep of an event: notes on sessions, and one thing they will do."""

from learning.models_cpd import OneThing, SessionNote

__all__ = ["OneThing", "SessionNote"]

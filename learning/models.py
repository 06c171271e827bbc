"""What members keep of an event: notes on sessions, and one thing they will do."""

from learning.models_cpd import OneThing, SessionNote
from learning.models_feedback import Feedback, FeedbackGiven, FeedbackQuestion

__all__ = ["Feedback", "FeedbackGiven", "FeedbackQuestion", "OneThing", "SessionNote"]

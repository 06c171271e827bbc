"""Expected noes about recordings."""

from common.refusals import Refusal


class RecordingRefused(Refusal):
    """An expected no: ``str()`` says what to do."""

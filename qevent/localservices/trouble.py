"""What stops a start and can be said in one sentence."""


class Trouble(Exception):
    """Something a person can put right; ``str()`` is the sentence that says how."""

"""The agenda page and the acts on it."""

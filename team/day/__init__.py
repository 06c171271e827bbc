"""The days of an event as the team lives them: the board of what is on, and the acts on it."""

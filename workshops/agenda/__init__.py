"""One member's agenda, read: each session with its state, in words and with what can be done about it."""

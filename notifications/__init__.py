"""The outbox: every email is a row first. Knows nobody above it."""

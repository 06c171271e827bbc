"""Places of sessions: who gets one, who waits, who gives one up; decided under the lock of the row."""

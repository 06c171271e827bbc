"""Events, themes, sessions, contributors, registrations; the public programme."""

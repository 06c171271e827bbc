"""One person, as the team helps them: found by what they say of themselves, with all of theirs on a page."""

"""Demo content in the project's own words: a community event to try everything on."""

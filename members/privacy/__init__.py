"""People's own data: a file with all of them, and being erased."""

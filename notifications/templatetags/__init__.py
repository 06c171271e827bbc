"""Template tags of the lists in the admin."""

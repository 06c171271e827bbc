"""Template tags of the team app."""

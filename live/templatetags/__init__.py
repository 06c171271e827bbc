"""Template tags of the live app."""

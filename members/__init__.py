"""Member (the user), membership, profile, and the community's own settings."""

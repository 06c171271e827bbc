"""What moderators decide about comments, what waits for them, and what its author is told."""

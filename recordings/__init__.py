"""What lasts of a session: recordings with captions and transcripts, and what to take away."""

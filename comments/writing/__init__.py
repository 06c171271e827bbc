"""What the author of a comment does, member or guest, and what makes a comment wait."""

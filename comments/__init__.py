"""Comments on posts by members and guests, and their moderation."""

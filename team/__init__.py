"""The Q team's own pages: what waits, posts, moderation. They read all apps and call their rules."""

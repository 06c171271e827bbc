"""Moderation as the team sees it: queues, one comment with what one decides by, what was decided."""

"""Writing a post: saving, revisions, review, publishing."""

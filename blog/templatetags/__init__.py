"""Tags that higher pages use of the blog."""

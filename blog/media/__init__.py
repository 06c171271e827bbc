"""Pictures and videos of posts."""

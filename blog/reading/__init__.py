"""What readers get of the blog: lists, authors, feeds."""

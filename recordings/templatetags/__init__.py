"""What pages below show of recordings."""

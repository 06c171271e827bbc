"""What a clipboard holds, as the elements that posts have."""

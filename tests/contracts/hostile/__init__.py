"""What nobody means to send, and that nothing comes of it."""

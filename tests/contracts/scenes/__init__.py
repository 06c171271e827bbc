"""Where forms are met."""

"""What members are told of their agenda: by email, and in a calendar that follows it."""

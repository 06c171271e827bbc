"""What members keep of it: feedback, hours of learning, what they will do."""

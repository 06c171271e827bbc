"""What people report about a session or a person, who of the team reads it, and what follows."""

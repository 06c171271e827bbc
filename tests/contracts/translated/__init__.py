"""What can be translated, and how it is found out."""

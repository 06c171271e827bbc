"""What a single cell of a programme says: a day, a time, a length, people, prose."""

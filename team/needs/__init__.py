"""What people need to take part, as cases that wait for an answer: which there are, and answering many."""

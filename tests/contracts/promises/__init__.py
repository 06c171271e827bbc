"""What pages promise to people, and which tests show that it is kept."""

"""Who there is, and what each gets from every address."""

"""Hosts and what they see: invited by the team, known by an account or an address, shown who comes."""

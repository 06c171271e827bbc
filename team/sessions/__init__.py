"""What the team sees of an event and its sessions, does there, takes along, and writes to those who come."""

"""What the team sees of an event and its sessions, and does there."""

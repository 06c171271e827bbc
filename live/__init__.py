"""The day of an event: now and next, joining, who was there, what staff say to all who look."""

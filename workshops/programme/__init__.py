"""Changing the programme: times, rooms, places, publishing and cancelling; and writing it to a file."""

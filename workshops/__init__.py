"""Places, bookings, waiting lists, the agenda, the programme import."""

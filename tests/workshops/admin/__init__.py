"""Tests of sessions and bookings in the admin."""

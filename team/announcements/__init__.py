"""Announcements: who gets one, how its words are filled in, writing, scheduling, sending and stopping it."""

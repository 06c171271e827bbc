"""Signing up, logging in, and what may be tried how often: how allauth meets the rest of the house."""

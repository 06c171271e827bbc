"""Tests of members in the admin."""

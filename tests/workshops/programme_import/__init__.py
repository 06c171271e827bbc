"""Tests of importing a programme."""

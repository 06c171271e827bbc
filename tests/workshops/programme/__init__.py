"""Tests of changing the programme."""

"""Tests of the public programme."""

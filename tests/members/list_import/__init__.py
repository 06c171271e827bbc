"""Tests of importing the community's list."""

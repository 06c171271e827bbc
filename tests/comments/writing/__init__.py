"""Tests of leaving comments."""

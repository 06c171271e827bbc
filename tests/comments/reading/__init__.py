"""Tests of reading comments."""

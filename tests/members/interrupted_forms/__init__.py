"""Tests of words that come back."""

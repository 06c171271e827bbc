"""Tests of reading an agenda."""

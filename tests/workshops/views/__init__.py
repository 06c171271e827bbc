"""Tests of the agenda's pages."""

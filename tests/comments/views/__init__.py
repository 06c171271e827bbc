"""Tests of the conversation's pages."""

"""Tests of pictures and videos."""

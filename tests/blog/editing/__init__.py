"""Tests of writing posts."""

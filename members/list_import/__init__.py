"""The community's list of members from a spreadsheet: read, looked at, imported.

Rows that cannot be right are named and left out, and what a file does not say changes nothing.
"""

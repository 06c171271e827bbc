"""The hosts' pages, below ``/events/<slug>/hosting/``."""

"""Real Postgres and Valkey on a machine that has neither, for development and tests.

Nothing here is used in production. ``install`` brings the packages, ``paths`` says where
everything lies, ``postgres`` and ``valkey`` know their servers, ``sharing`` lets several
owners use one, ``supervisor`` runs the site above them.
"""

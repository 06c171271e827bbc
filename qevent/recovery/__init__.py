"""Backups that prove themselves: one encrypted file, restored beside the site, checked, then put in place.

``backup`` writes and ``restore`` reads (``sealed``: the encryption, ``manifest``: what one says of itself);
``scratch`` holds what is restored until it is the site; ``settling`` makes a state of the past fit for today;
``invariants`` and ``checks`` say whether it is whole. ``preflight`` is asked before an upgrade.
"""

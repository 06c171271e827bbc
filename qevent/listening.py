"""Sockets that take connections."""

import socket

#: How many may wait for a process that is busy, or away for a moment.
BACKLOG = 1024


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that takes connections at this address; raises ``OSError``."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener

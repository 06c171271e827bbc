"""The module that Django looks for in an ``ENGINE``."""

from typing import Any

import psycopg2
from django.db.backends.postgresql import base

from qevent import patience


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own; a connection that cannot be made is tried again as long as the request has patience."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a new connection; raises psycopg2's ``OperationalError``."""
        while True:
            try:
                made = super().get_new_connection(conn_params)
            except psycopg2.OperationalError:
                if not patience.wait():
                    raise
            else:
                patience.outage.end()
                return made

"""A Postgres and a broker for measuring, where the environment names none; importing this starts them."""

from tests import servers

servers.ready()

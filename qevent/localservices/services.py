"""The pair of servers that a checkout needs: those whose addresses are its own are started."""

from collections.abc import Callable
from dataclasses import dataclass, field

from qevent.localservices.paths import Home, make_own
from qevent.localservices.postgres import Postgres
from qevent.localservices.sharing import Shared
from qevent.localservices.valkey import Valkey

DATABASE = "app"


@dataclass
class Services:
    """Postgres and Valkey in ``home``; either can be left to somebody else."""

    home: Home
    has_postgres: bool = True
    has_valkey: bool = True
    is_safe: bool = True
    say: Callable[[str], None] = print
    holds: dict[str, Shared] = field(default_factory=dict)

    def start(self) -> None:
        """Start or join each; raises ``Trouble``."""
        for name, server in self._servers().items():
            folder = make_own(self.home.data / name)
            self.holds[name] = hold = Shared(server, folder)
            hold.join()
            self.say(f"{name.capitalize()} is {'started' if hold.is_starter else 'running already: joined'}.")

    def _servers(self) -> dict[str, Postgres | Valkey]:
        servers: dict[str, Postgres | Valkey] = {}
        data, sockets = self.home.data, self.home.sockets
        if self.has_postgres:
            servers["postgres"] = Postgres(data / "postgres", sockets / "postgres", is_safe=self.is_safe)
        if self.has_valkey:
            servers["valkey"] = Valkey(data / "valkey", sockets / "valkey", is_safe=self.is_safe)
        return servers

    @property
    def postgres(self) -> Postgres | None:
        """The Postgres that was started or joined."""
        server = self.holds["postgres"].server if "postgres" in self.holds else None
        return server if isinstance(server, Postgres) else None

    def ensure_database(self) -> None:
        """Create the site's database where it is missing."""
        if self.postgres:
            self.postgres.ensure_database(DATABASE)

    def restart_dead(self) -> None:
        """Start again what we started and somebody killed; raises ``Trouble``."""
        for name, hold in self.holds.items():
            process = hold.server.process if isinstance(hold.server, Postgres | Valkey) else None
            if process is not None and process.poll() is not None:
                self.say(f"{name.capitalize()} stopped (exit code {process.returncode}); starting it again.")
                hold.server.start()

    def stop(self) -> None:
        """Leave both; who started one waits for its other owners, then stops it."""
        for name, hold in reversed(self.holds.items()):
            waiting = f"{name.capitalize()} is used by another command of this checkout: waiting for its end."
            hold.leave(on_wait=lambda said=waiting: self.say(said))  # type: ignore[misc]  # a bound value
        self.holds.clear()

"""The project: settings, urls, celery, home and health pages, local services for development."""

from qevent import pinned_zones

# Whatever runs (web server, worker, command, test) imports this first.
pinned_zones.use_pinned()

"""A worker of its own for a race: ``python -m tests.races.deliver`` delivers what is due, and ends."""

import os
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qevent.settings")
django.setup()

from notifications import delivery  # noqa: E402  # models can be imported after setup() only
from notifications.outbox import KINDS, Kind  # noqa: E402
from tests.notifications.conftest import hello  # noqa: E402

if __name__ == "__main__":
    KINDS["hello"] = Kind(hello)
    now = datetime.fromisoformat(os.environ["NOW"])
    while delivery.deliver_due(clock=lambda: now):
        pass

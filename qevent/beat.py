"""The Celery application of beat: the schedule and the broker, without Django, whose models beat never needs.

``python -m qevent.beat`` runs it; Celery's own command would load a shell that nobody asks for.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qevent.settings")

app = Celery("qevent", fixups=set(), set_as_current=False)
app.config_from_object(os.environ["DJANGO_SETTINGS_MODULE"], namespace="CELERY")

if __name__ == "__main__":
    app.Beat(loglevel="WARNING", quiet=True).run()

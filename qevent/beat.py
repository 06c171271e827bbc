"""The Celery application of beat: the schedule and the broker, without Django, whose models beat never needs.

``celery -A qevent.beat beat`` runs it.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qevent.settings")

app = Celery("qevent", fixups=set(), set_as_current=False)
app.config_from_object(os.environ["DJANGO_SETTINGS_MODULE"], namespace="CELERY")

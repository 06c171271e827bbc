"""The release before may have saved a film of a session with a time between 0004 of recordings and 0025.

It is moved as the others were: or what comes next, which asks it of all rows, fails however often it is tried.
"""

from importlib import import_module

from django.db import migrations

move = import_module("recordings.migrations.0004_recordings_of_sessions_with_a_time").move


class Migration(migrations.Migration):
    """Apart from checking, which waits for nobody's rows."""

    dependencies = [
        ("events", "0025_what_has_a_time_is_no_film"),
        ("recordings", "0004_recordings_of_sessions_with_a_time"),
    ]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]

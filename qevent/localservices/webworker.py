"""The application for the web workers of ``manage.py serve``: each ends with the process that started it.

The web server ends its workers when it stops; when it is killed it cannot, and they would go on serving.
"""

import os
import signal
import sys

from qevent.localservices.processes import die_with_parent
from qevent.wsgi import application

__all__ = ["application"]

_ORPHANED = 1

if os.getppid() == _ORPHANED:
    sys.exit("The web server has ended.")
die_with_parent(signal.SIGKILL, os.getppid())

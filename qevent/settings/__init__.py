"""Settings, by what they are about.

Every outside value comes from the environment, or from the file that ``ENV_FILE`` names
(``.local/env`` by default: ``make run`` writes it, production has none). What production
cannot do without has no default; nothing is opened or connected here.
"""

from qevent.settings.site import *  # isort: skip - the others build on it, and it reads the file
from qevent.settings.accounts import *
from qevent.settings.apps import *
from qevent.settings.files import *
from qevent.settings.language import *
from qevent.settings.logs import *
from qevent.settings.schedule import *
from qevent.settings.security import *
from qevent.settings.services import *

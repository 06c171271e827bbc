"""A session of theirs as an entry in a calendar: what is to be decided says so in its title.

Both of two places that overlap are theirs until they decide, so both stay, as busy and certain as they were:
programs show a tentative entry as somebody's doubt, or not at all.
"""

from dataclasses import replace

from common.languages import gettext as _
from events.calendars.ical import Entry
from events.calendars.invitations import Owner, entry_of_session
from workshops.letters.itinerary import HOSTING, Item
from workshops.models import Booking


def entry_of(item: Item, owner: Owner) -> Entry:
    """Return a session, with its event loaded, as its entry in the calendar of whose it is."""
    entry = entry_of_session(item.session, owner, hosts=item.state == HOSTING)
    if item.state != Booking.Status.CONTESTED:
        return entry
    says = _("It overlaps another session of yours. Decide on your agenda which one you keep.")
    return replace(entry, summary=_("To decide: %(title)s") % {"title": entry.summary}, says=says)

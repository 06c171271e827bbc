"""Times in words: in the event's zone, with the reader's own beside it where it differs."""

import zoneinfo

from django.core.exceptions import ValidationError


def validate_time_zone(value: str) -> None:
    """Refuse a name that the time zone database does not know."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError("Enter the name of a time zone, such as Europe/London.")

"""Sessions and bookings in the admin; importing this package registers them."""

from workshops.admin import bookings, sessions  # noqa: F401  # registers them

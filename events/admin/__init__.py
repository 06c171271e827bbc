"""Events, themes, contributors and registrations in the admin; importing this package registers them."""

from events.admin import events, registrations  # noqa: F401  # registers them

"""What an installation still lacks, in the order in which it is set up."""

from django.urls import reverse

from events import setting_up
from events.models import Event
from members.models import ListedAddress, SiteSettings
from team.front.lines import TodoItem


def steps() -> list[TodoItem]:
    """Return what is left; empty once all is set up. Five queries."""
    site, event = SiteSettings.load(), Event.objects.order_by("-first_day").first()
    settings_url = reverse("admin:members_sitesettings_change", args=[1])
    found = []
    if not site.contact_email:
        found.append(
            TodoItem("Say what the site and the team are called, and where emails are answered", settings_url)
        )
    if not site.sender_email:
        found.append(TodoItem("Say from which address emails come", settings_url))
    if site.logo and not site.logo_alternative_text:
        found.append(TodoItem("Describe the logo for people who cannot see it", settings_url))
    if not ListedAddress.objects.exists():
        found.append(TodoItem("Import the list of members", reverse("admin:members_listedaddress_import")))
    if event is None:
        found.append(TodoItem("Make the event", reverse("admin:events_event_add")))
    else:
        found.extend(TodoItem(step.text, step.url) for step in setting_up.steps(event))
    return found

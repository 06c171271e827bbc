"""What is left to set up on a new installation, for the admin's front page."""

from django import template
from django.urls import reverse

from members.models import ListedAddress, SiteSettings

register = template.Library()


@register.simple_tag
def setup_steps() -> list[tuple[str, str]]:
    """Return (what is missing, where to do it) of this app; empty once all is set up. Two queries."""
    site = SiteSettings.load()
    settings_url = reverse("admin:members_sitesettings_change", args=[1])
    steps = []
    if not site.contact_email:
        steps.append(("Say how people reach the team: emails are answered there", settings_url))
    if not site.sender_email:
        steps.append(("Say from which address emails come", settings_url))
    if site.logo and not site.logo_alternative_text:
        steps.append(("Describe the logo for people who cannot see it", settings_url))
    if not ListedAddress.objects.exists():
        steps.append(("Import the list of members", reverse("admin:members_listedaddress_import")))
    return steps

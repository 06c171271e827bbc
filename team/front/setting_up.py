"""What an installation still lacks, in the order in which it is set up."""

from django.urls import reverse

from events import setting_up
from events.models import Event
from members import policies
from members.models import ListedAddress, Policy, SiteSettings
from team.front.lines import TodoItem


def _overtaken(policy: Policy) -> TodoItem:
    """Say that a release has brought another text than the team's own; saving the page takes it away."""
    text = (
        f"The text that comes with the site for “{policy}” has changed. Compare yours with it "
        f"(members/policies/{policy.slug}.md), take over what holds for you, and save"
    )
    return TodoItem(text, reverse("admin:members_policy_change", args=[policy.pk]))


def steps() -> list[TodoItem]:
    """Return what is left; empty once all is set up. Six queries."""
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
    found.extend(_overtaken(one) for one in policies.overtaken())
    return found

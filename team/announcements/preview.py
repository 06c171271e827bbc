"""An announcement as one of its audience gets it: whoever is first, the next, or one who is named."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from events.models import Contributor
from members.models import Member
from notifications.outbox import Letter
from team.announcements import audiences, letters
from team.models import Announcement

MAX_CHARS = 200


@dataclass(frozen=True)
class Sample:
    """As whom it is looked at: by name or address, else behind an account, else the first."""

    named: str = ""
    after: int = 0


@dataclass(frozen=True)
class Preview:
    """The email as ``person`` gets it, the way to see it as the next, and who was looked for in vain."""

    person: Member | Contributor
    letter: Letter
    next_url: str
    html_url: str
    not_found: str


def preview(told: Announcement, sample: Sample) -> Preview | None:
    """Return the email as somebody of its audience gets it; ``None`` where it has nobody. Six queries."""
    people = audiences.recipients(told).order_by("pk")
    named = sample.named.strip()[:MAX_CHARS]
    called = Q(name_folded__typed=named) | Q(email__lower=named.lower())
    by_name = people.filter(called).first() if named else None
    person: Member | Contributor | None = (
        by_name
        or people.filter(pk__gt=sample.after).first()
        or people.first()
        or audiences.hosts_without_account(told).order_by("pk").first()
    )
    if person is None:
        return None
    page = reverse("team:announcement", args=[told.pk])
    asked = urlencode({"named": named} if by_name else {"after": sample.after})
    return Preview(
        person,
        letters.sample(told, person),
        next_url=f"{page}?after={person.pk}#preview",
        html_url=f"{reverse('team:announcement_html', args=[told.pk])}?{asked}",
        not_found=named if named and by_name is None else "",
    )

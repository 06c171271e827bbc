"""Addresses that programs ask every site for: what to leave alone, and whom to tell of a security hole."""

from datetime import timedelta
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.models import SiteSettings

#: What is nobody's but its reader's, and what has no end.
NOT_FOR_ROBOTS: Final = ("/accounts/", "/admin/", "/calendar/", "/mail/", "/members/", "/search/", "/team/")
#: RFC 9116, 2.5.5: less than a year; whoever reads it later asks again.
GOOD_FOR: Final = timedelta(days=180)
PLAIN: Final = "text/plain; charset=utf-8"
#: What stands as it is in an address after mailto (RFC 6068).
MAILTO: Final = "@!$'*+,;:"


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """What search engines leave alone, and where all public pages are listed (RFC 9309; sitemaps.org)."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """Whom to tell of a security hole (RFC 9116): the team's address, else the page about contact."""
    expires = (timezone.now() + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    address = SiteSettings.load().contact_email
    contact = (
        f"mailto:{quote(address, safe=MAILTO)}" if address else f"{settings.SITE_URL}{reverse('contact')}"
    )
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('security')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)

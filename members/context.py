"""What every template may use: the site's settings, and where the site is."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from members.models import Member, SiteSettings
from members.site_in_memory import settings_for


def site(request: HttpRequest) -> dict[str, object]:
    """Add ``site``, looked up only where a template asks for it, and ``root`` of all addresses."""
    return {"site": SimpleLazyObject(lambda: _site(request)), "root": settings.SITE_URL}


def _site(request: HttpRequest) -> SiteSettings:
    user = getattr(request, "user", None)
    return settings_for(user if isinstance(user, Member) else None, at=timezone.now())

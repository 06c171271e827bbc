"""What every template may use: the site's settings, and where the site is."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from members.models import SiteSettings


def site(_request: HttpRequest) -> dict[str, object]:
    """Add ``site``, read once and only where a template asks for it, and ``root`` of all addresses."""
    return {"site": SimpleLazyObject(SiteSettings.load), "root": settings.SITE_URL}

"""What every template may use: the site's settings."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from members.models import SiteSettings


def site(request: HttpRequest) -> dict[str, object]:
    """Add ``site``, read from the database once and only where a template asks for it."""
    return {"site": SimpleLazyObject(SiteSettings.load)}

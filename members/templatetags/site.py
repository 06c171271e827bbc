"""The site's settings for the frame of every page."""

from django import template
from django.template import Context

from members.models import SiteSettings

register = template.Library()


@register.simple_tag(takes_context=True)
def site_settings(context: Context) -> SiteSettings:
    """Return ``site`` of the context; where a view put something else under that name, or nothing, read it.

    allauth's pages carry a ``site`` of their own, and an error page may come without any context.
    """
    site = context.get("site")
    return site if isinstance(site, SiteSettings) else SiteSettings.load()

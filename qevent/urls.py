"""The site map; each app's own addresses are in its ``urls.py``."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_safe

from qevent import styleguide, views, well_known
from qevent.sitemaps import SITEMAPS

handler500 = views.fault

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("events/", include("events.urls")),
    path("events/", include("workshops.urls")),
    path("events/", include("hosting.urls")),
    path("events/", include("learning.urls")),
    path("", include("concerns.urls")),
    path("events/", include("recordings.urls")),
    path("events/", include("live.urls")),
    path("calendar/", include("workshops.urls_calendar")),
    path("blog/", include("blog.urls")),
    path("", include("comments.urls")),
    path("", include("search.urls")),
    path("contact/", views.contact, name="contact"),
    path("accounts/", include("members.accounts.urls")),
    path("", include("members.urls")),
    path("mail/", include("notifications.urls")),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("media/<path:path>", views.media, name="media"),
    path("team/", include("team.urls")),
    path("admin/", admin.site.urls),
    path("health/", views.health, name="health"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]

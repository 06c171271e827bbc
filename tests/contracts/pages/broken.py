"""The site's addresses and, below ``/broken/``, views in which something goes wrong."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from qevent.urls import urlpatterns as the_sites_own


def refuse(request: HttpRequest, status: int) -> HttpResponse:
    """End as that status does on the site: some by an exception, some by a page."""
    raised = {400: BadRequest, 403: PermissionDenied, 500: ZeroDivisionError}
    if status in raised:
        raise raised[status]("broken for a test")
    return render(request, f"{status}.html", status=status)


urlpatterns = [*the_sites_own, path("broken/<int:status>/", refuse)]

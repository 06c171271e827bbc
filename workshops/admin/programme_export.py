"""Downloading a programme in the admin, as the spreadsheet that the import reads."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from common.http import parse_id
from events.models import Event
from members.accounts import fresh_proof
from workshops.programme_import.export import programme_csv

#: Without it Excel takes UTF-8 for the letters of Windows.
_BOM = "\ufeff"


@require_safe
@fresh_proof.required
def download(request: HttpRequest, *, model_admin: "ModelAdmin[Any]") -> HttpResponse:
    """Send the programme of the event that the list is filtered by, else of the latest."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    chosen = request.GET.get("event__id__exact")
    events = Event.objects.filter(pk=parse_id(chosen)) if chosen else Event.objects.all()
    event = events.first()
    if event is None:
        raise Http404
    response = HttpResponse(_BOM + programme_csv(event), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="programme-{event.slug}.csv"'
    return response

"""What a member marks for themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members.readers import reader_of
from recordings import marks
from recordings.views.loading import recording_or_404, unkept


@unkept
@require_POST
def watched(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Mark it as watched, or not."""
    at, is_so = timezone.now(), request.POST.get("is") == "yes"
    recording, reader = recording_or_404(request, slug, pk, at=at), reader_of(request)
    assert reader is not None, "who may watch is a member"  # noqa: S101  # narrows the type
    marks.set_watched(recording, reader, is_so=is_so, at=at)
    messages.success(request, _("Marked as watched.") if is_so else _("Not marked as watched any more."))
    return redirect("recordings:recording", slug, pk)


@unkept
@require_POST
def to_watch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put it on the reader's agenda, or take it off."""
    at, is_so = timezone.now(), request.POST.get("is") == "yes"
    recording, reader = recording_or_404(request, slug, pk, at=at), reader_of(request)
    assert reader is not None, "who may watch is a member"  # noqa: S101  # narrows the type
    marks.set_to_watch(recording, reader, is_so=is_so, at=at)
    messages.success(request, _("It is on your agenda.") if is_so else _("It is off your agenda."))
    return redirect("recordings:recording", slug, pk)

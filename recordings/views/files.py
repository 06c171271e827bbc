"""The files of a recording: video, audio, captions; each asks who it is, as the page does."""

from hashlib import sha256

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from common import serving
from members.readers import reader_of
from recordings import access, reading
from recordings.views.loading import recording_or_404, unkept


@unkept
@require_safe
def file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Hand over the video or audio, or a part of it."""
    found = recording_or_404(request, slug, pk, at=timezone.now())
    return _part(request, found.file, found.media_type, found.size)


@unkept
@require_safe
def audio(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Hand over the same for listening only."""
    found = recording_or_404(request, slug, pk, at=timezone.now())
    return _part(request, found.audio, found.audio_type, found.audio_size)


@unkept
@require_safe
def captions(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Hand over the captions as they may be seen, in WebVTT."""
    found = recording_or_404(request, slug, pk, at=timezone.now())
    if not found.has_captions or not access.may_read(found, reader_of(request)):
        raise Http404
    return HttpResponse(reading.as_webvtt(found), content_type="text/vtt; charset=utf-8")


def _part(request: HttpRequest, kept: FieldFile, media_type: str, size: int | None) -> HttpResponseBase:
    if not kept.name or not size:
        raise Http404
    try:
        opened = kept.storage.open(kept.name)
    except FileNotFoundError as error:
        raise Http404 from error
    tag = f'"{sha256(kept.name.encode()).hexdigest()[:32]}"'  # a name is never given twice
    return serving.part_of(request, opened, size, media_type=media_type, tag=tag)

"""The team's pages of recordings: all of an event, a new one, and one with its hosts and its transcript."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from recordings import files, publishing, reading
from recordings.refusals import RecordingRefused
from team import recordings
from team.guards import acting_member, allowed_if, may_change_sessions
from team.recording_forms import (
    AudioForm,
    CaptionsForm,
    DetailsForm,
    FileForm,
    LinkForm,
    SpeakersForm,
    TranscriptForm,
)
from team.sessions.loading import event_or_404, session_or_404


@require_safe
@allowed_if(may_change_sessions)
def recording_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all recordings of an event, and the sessions that say they are recorded and have none."""
    event = event_or_404(slug)
    return render(request, "team/recordings/list.html", {"event": event, "listed": recordings.of(event)})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def add(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Add a link to a recording of a session."""
    session = session_or_404(slug, session_slug)
    with timezone.override(session.zone):
        initial = {"title": session.title, "is_separate": not session.is_recorded}
        form = LinkForm(request.POST if request.method == "POST" else None, session=session, initial=initial)
        if request.method == "POST" and form.is_valid():
            at, by = timezone.now(), acting_member(request)
            made = publishing.add_link(session, by=by, at=at, **form.told)
            return redirect("team:recording", slug, made.pk)
        return render(request, "team/recordings/add.html", {"session": session, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def upload(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Add a video or audio file of a session."""
    session = session_or_404(slug, session_slug)
    initial = {"title": session.title, "is_separate": not session.is_recorded}
    with timezone.override(session.zone):
        given = (request.POST, request.FILES) if request.method == "POST" else ()
        form = FileForm(*given, session=session, initial=initial)
        if given and form.is_valid():
            told, at = form.told, timezone.now()
            try:
                made = files.add(session, told.pop("file"), by=acting_member(request), at=at, **told)
            except RecordingRefused as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("team:recording", slug, made.pk)
        return render(request, "team/recordings/upload.html", {"session": session, "form": form})


@require_safe
@allowed_if(may_change_sessions)
def recording(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a recording: what keeps it from being published, its hosts' answers, and its transcript."""
    return page(request, slug, pk)


def page(
    request: HttpRequest,
    slug: str,
    pk: int,
    *,
    form: DetailsForm | None = None,
    transcript: TranscriptForm | None = None,
    captions: CaptionsForm | None = None,
    speakers: SpeakersForm | None = None,
    audio: AudioForm | None = None,
) -> HttpResponse:
    """Show it, with a form as it was sent."""
    found = recordings.recording_or_404(slug, pk)
    with timezone.override(found.session.zone):
        context = {
            "recording": found,
            "session": found.session,
            "obstacles": publishing.obstacles(found),
            "answers": recordings.answers(found.session),
            "paragraphs": reading.paragraphs(found),
            "form": form or DetailsForm(session=found.session, initial=DetailsForm.of(found)),
            "transcript": transcript or TranscriptForm(),
            "captions": captions or CaptionsForm(),
            "audio": audio or AudioForm(),
            "speakers": speakers or SpeakersForm(recording=found),
        }
        return render(request, "team/recordings/recording.html", context)

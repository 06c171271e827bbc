"""What the team does with a recording; a refusal is said on its page."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.http import parse_id
from recordings import agreeing, captions, files, publishing, transcripts
from recordings.refusals import RecordingRefused
from team import recordings
from team.guards import acting_member, allowed_if, may_change_sessions
from team.recording_forms import AudioForm, CaptionsForm, DetailsForm, SpeakersForm, TranscriptForm
from team.views.recordings import page


@require_POST
@allowed_if(may_change_sessions)
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Save what is said of it."""
    found = recordings.recording_or_404(slug, pk)
    with timezone.override(found.session.zone):
        form = DetailsForm(request.POST, session=found.session)
        if not form.is_valid():
            return page(request, slug, pk, form=form)
        by, at, told = acting_member(request), timezone.now(), form.told
    return _done(request, slug, pk, lambda: publishing.change(pk, by=by, at=at, **told), "Saved.")


@require_POST
@allowed_if(may_change_sessions)
def give_text(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep a transcript."""
    recordings.recording_or_404(slug, pk)
    form = TranscriptForm(request.POST)
    if not form.is_valid():
        return page(request, slug, pk, transcript=form)
    words, by, at = form.cleaned_data["words"], acting_member(request), timezone.now()
    done = "The transcript is kept. Read it below as others will."
    return _done(request, slug, pk, lambda: transcripts.give_text(pk, words, by=by, at=at), done)


@require_POST
@allowed_if(may_change_sessions)
def give_captions(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep captions."""
    recordings.recording_or_404(slug, pk)
    form = CaptionsForm(request.POST, request.FILES)
    if form.is_valid():
        content = form.cleaned_data["captions"].read(captions.LARGEST + 1)
        try:
            transcripts.give_captions(pk, content, by=acting_member(request), at=timezone.now())
        except RecordingRefused as refusal:
            form.add_error("captions", str(refusal))
        else:
            messages.success(
                request, "The captions are kept. Look who speaks, then read them as others will."
            )
            return redirect("team:recording", slug, pk)
    return page(request, slug, pk, captions=form)


@require_POST
@allowed_if(may_change_sessions)
def give_audio(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep the same for listening only."""
    found = recordings.recording_or_404(slug, pk)
    form = AudioForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            files.add_audio(found, form.cleaned_data["audio"], by=acting_member(request), at=timezone.now())
        except RecordingRefused as refusal:
            form.add_error("audio", str(refusal))
        else:
            messages.success(request, "The audio stands beside the video.")
            return redirect("team:recording", slug, pk)
    return page(request, slug, pk, audio=form)


@require_POST
@allowed_if(may_change_sessions)
def say_who_speaks(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep who speaks, and whose words are shown."""
    form = SpeakersForm(request.POST, recording=recordings.recording_or_404(slug, pk))
    if not form.is_valid():
        return page(request, slug, pk, speakers=form)
    seen, by, at, told = parse_id(request.POST.get("seen")), acting_member(request), timezone.now(), form.told
    act = partial(transcripts.say_who_speaks, pk, told, seen=seen, by=by, at=at)
    return _done(request, slug, pk, act, "Kept. Read the transcript below as others will.")


@require_POST
@allowed_if(may_change_sessions)
def read(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Keep that they have read the transcript that was on their screen."""
    recordings.recording_or_404(slug, pk)
    seen, by, at = parse_id(request.POST.get("seen")), acting_member(request), timezone.now()
    return _done(request, slug, pk, lambda: transcripts.read(pk, seen=seen, by=by, at=at), "Noted as read.")


@require_POST
@allowed_if(may_change_sessions)
def publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show it to those who may see it."""
    recordings.recording_or_404(slug, pk)
    by, at = acting_member(request), timezone.now()
    done = "Published. Everybody who is registered finds it under On demand; nobody is emailed."
    return _done(request, slug, pk, lambda: publishing.publish(pk, by=by, at=at), done)


@require_POST
@allowed_if(may_change_sessions)
def take_down(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make it a draft again."""
    recordings.recording_or_404(slug, pk)
    by, at = acting_member(request), timezone.now()
    return _done(request, slug, pk, lambda: publishing.take_down(pk, by=by, at=at), "Taken down.")


@require_POST
@allowed_if(may_change_sessions)
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Delete it."""
    recordings.recording_or_404(slug, pk)
    try:
        publishing.remove(pk, by=acting_member(request), at=timezone.now())
    except RecordingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("team:recording", slug, pk)
    messages.success(request, "The recording is deleted.")
    return redirect("team:recordings", slug)


@require_POST
@allowed_if(may_change_sessions)
def note_answer(request: HttpRequest, slug: str, pk: int, contributor: int) -> HttpResponse:
    """Write down what a host told."""
    session = recordings.recording_or_404(slug, pk).session
    host = agreeing.asked(session).filter(pk=contributor).first()
    if host is None:
        raise Http404
    agrees, by, at = request.POST.get("agrees") == "yes", acting_member(request), timezone.now()
    act = partial(agreeing.note, session, host, agrees=agrees, by=by, at=at)
    return _done(request, slug, pk, act, "Noted.")


def _done(request: HttpRequest, slug: str, pk: int, act: Callable[[], object], done: str) -> HttpResponse:
    """Do it, say so or why not, and go back to the recording."""
    try:
        act()
    except RecordingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("team:recording", slug, pk)

"""Writing down for oneself: a note on a session, and the one thing to do."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common import edit_conflicts
from events.models import Event, Session
from learning import notes
from learning.forms import NoteForm, OneThingForm
from learning.models import OneThing, SessionNote
from learning.notes import NoteRefused
from learning.views.loading import for_who_comes
from members.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_comes
def note(request: HttpRequest, event: Event, member: Member, session_slug: str) -> HttpResponse:
    """Show their note on a session that has begun, and keep it anew."""
    session, at = _session_or_404(event, session_slug), timezone.now()
    if not session.has_started(at):
        raise Http404
    kept = notes.note_of(member, session)
    form = NoteForm(request.POST if request.method == "POST" else None, kept=kept)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            notes.write(member, session, values["text"], seen=values["seen"], at=at)
        except NoteRefused as refusal:
            kept = notes.note_of(member, session)
            form = NoteForm(_seen_again(request, kept), kept=kept)
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Saved.") if values["text"] else _("The note is taken out."))
            return redirect("learning:record", event.slug)
    context = {"event": event, "session": session, "form": form, "kept": kept}
    return render(request, "learning/note.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_comes
def one_thing(request: HttpRequest, event: Event, member: Member) -> HttpResponse:
    """Show the one thing they will do, and keep it anew."""
    at, kept = timezone.now(), notes.thing_of(member, event)
    form = OneThingForm(request.POST if request.method == "POST" else None, kept=kept)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        by_email = values.get("by_email", False)
        try:
            notes.promise(member, event, values["text"], seen=values["seen"], by_email=by_email, at=at)
        except NoteRefused as refusal:
            kept = notes.thing_of(member, event)
            form = OneThingForm(_seen_again(request, kept), kept=kept)
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Saved.") if values["text"] else _("It is taken out."))
            return redirect("learning:record", event.slug)
    return render(request, "learning/one_thing.html", {"event": event, "form": form, "kept": kept, "at": at})


def _seen_again(request: HttpRequest, kept: SessionNote | OneThing | None) -> QueryDict:
    """Return what was typed, to be saved over what is kept now."""
    typed = request.POST.copy()
    typed["seen"] = edit_conflicts.stamp(kept) if kept else ""
    return typed


def _session_or_404(event: Event, slug: str) -> Session:
    session = Session.objects.filter(event=event, slug=slug, status=Session.Status.PUBLISHED).first()
    if session is None:
        raise Http404
    return session

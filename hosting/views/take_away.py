"""A host writes what to take away of their session; the team reads it before everybody does."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hosting import taking_away
from hosting.views.loading import hosts_only, part_of, reader_of, unkept
from recordings import taking_away as rules
from recordings.forms import TakeAwayForm
from recordings.refusals import RecordingRefused


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
@hosts_only
def take_away(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show what is written, and keep what the host would have everybody read."""
    session, at = part_of(request, slug, session_slug).session, timezone.now()
    there, now = rules.of(session), dict[str, str]()
    initial = there.texts | {"seen": there.seen}
    form = TakeAwayForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        seen, reader = form.cleaned_data["seen"], reader_of(request, at)
        try:
            waits = taking_away.write(session, reader, form.texts, seen=seen, at=at)
        except RecordingRefused as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, rules.TakeAwayChanged):
                form.see(there.seen)
                now = form.differing(there)
        else:
            saved = _("Saved. The team reads it first; then everybody can.")
            messages.success(request, saved if waits else _("It is published like this, so nothing waits."))
            return redirect("hosting:take_away", slug, session_slug)
    context = {"event": session.event, "session": session, "there": there, "form": form, "now": now}
    context |= {"may_write": rules.may_write(session, at), "most": rules.MOST_WORDS}
    return render(request, "hosting/take_away.html", context)


@unkept
@require_POST
@hosts_only
def take_back(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Delete what waits."""
    return _done(request, slug, session_slug, taking_away.take_back, _("What waited is deleted."))


@unkept
@require_POST
@hosts_only
def take_down(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Let nobody read it any more."""
    done = _("It is taken down: nobody can read it now.")
    return _done(request, slug, session_slug, taking_away.take_down, done)


def _done(
    request: HttpRequest, slug: str, session_slug: str, act: Callable[..., None], done: str
) -> HttpResponse:
    """Do it to what was seen, say so or why not, and go back."""
    session, at = part_of(request, slug, session_slug).session, timezone.now()
    try:
        act(session, reader_of(request, at), seen=request.POST.get("seen", ""), at=at)
    except RecordingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("hosting:take_away", slug, session_slug)

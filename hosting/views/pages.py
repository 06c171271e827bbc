"""What a host sees: their sessions of an event, and one of them with who comes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events import joining_details, phase_words
from events.phases import phase_of
from hosting import access, agreeing, people, withdrawing
from hosting.forms import AgreementForm
from hosting.views.loading import about, event_or_404, hosts_only, part_of, reader_of, unkept


@unkept
@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a host their sessions; who has not agreed yet is asked to, everybody else for their address."""
    event, at = event_or_404(slug), timezone.now()
    parts = access.parts(event, reader_of(request, at), at=at)
    if not parts:
        return redirect("hosting:enter", slug)
    if not all(one.has_agreed for one in parts):
        return redirect("hosting:agree", slug)
    says_when = phase_words.in_words(event, phase_of(event, at=at), at=at)
    context = {"event": event, "parts": parts, "says_when": says_when} | about(request, event)
    return render(request, "hosting/overview.html", context)


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
@hosts_only
def agree(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a host to keep for themselves what they read."""
    event, at = event_or_404(slug), timezone.now()
    form = AgreementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        agreeing.agree(event, reader_of(request, at), at=at)
        return redirect("hosting:overview", slug)
    parts = access.parts(event, reader_of(request, at), at=at)
    if not parts or all(one.has_agreed for one in parts):
        return redirect("hosting:overview", slug)
    context = {"event": event, "form": form, "parts": parts} | about(request, event)
    return render(request, "hosting/agree.html", context)


@unkept
@require_safe
@hosts_only
def session_page(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show a host who comes to their session, and how it is joined."""
    part, at = part_of(request, slug, session_slug), timezone.now()
    context = {
        "event": part.session.event,
        "part": part,
        "session": part.session,
        "guests": people.guests(part.session, reader_of(request, at), at=at),
        "says_when": phase_words.of_session(part.session, at=at) if part.session.is_published else "",
        "is_left": joining_details.is_left(part.session, at=at),
        "has_begun": part.session.has_started(at),
        "may_withdraw": withdrawing.may_withdraw(part.session, at),
    }
    return render(request, "hosting/session.html", context | about(request, part.session.event))


@unkept
@require_POST
@hosts_only
def session_needs(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show a host what those who come let hosts know of their needs; each look is recorded."""
    part, at = part_of(request, slug, session_slug), timezone.now()
    context = {
        "event": part.session.event,
        "session": part.session,
        "needs": people.needs(part.session, reader_of(request, at), at=at),
        "at": at,
    }
    return render(request, "hosting/needs.html", context)

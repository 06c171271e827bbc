"""What a host prepares: who stands in for them, and links for those who have a place."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hosting import deputies, links
from hosting.access import Part
from hosting.deputies import DeputyRefused
from hosting.forms import DeputyForm, LinkForm
from hosting.links import LinkRefused
from hosting.models import Deputy, SessionLink
from hosting.views.loading import hosts_only, part_of, reader_of, unkept


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
@hosts_only
def deputy(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show who stands in for the host, or ask who does."""
    part, at = part_of(request, slug, session_slug), timezone.now()
    form = DeputyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        called, email = form.cleaned_data["name"], form.cleaned_data["email"]
        try:
            deputies.name(part.session, reader_of(request, at), called=called, email=email, at=at)
        except DeputyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is your deputy, and is told by email.") % {"name": called})
            return redirect("hosting:deputy", slug, session_slug)
    context = _about(part) | {"form": form, "deputy": Deputy.objects.filter(of=part.link).first()}
    return render(request, "hosting/deputy.html", context)


@unkept
@require_POST
@hosts_only
def deputy_remove(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """End what the deputy sees."""
    part, at = part_of(request, slug, session_slug), timezone.now()
    deputies.take_out(part.session, reader_of(request, at), at=at)
    messages.success(request, _("You have no deputy for this session now."))
    return redirect("hosting:deputy", slug, session_slug)


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
@hosts_only
def session_links(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show the links for those who have a place, and add one."""
    part, at = part_of(request, slug, session_slug), timezone.now()
    form = LinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            links.add(part.session, reader_of(request, at), at=at, **form.cleaned_data)
        except LinkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Those who have a place see the link on the session’s page."))
            return redirect("hosting:links", slug, session_slug)
    context = _about(part) | {"form": form, "links": SessionLink.objects.filter(session=part.session)}
    return render(request, "hosting/links.html", context)


@unkept
@require_POST
@hosts_only
def link_remove(request: HttpRequest, slug: str, session_slug: str, pk: int) -> HttpResponse:
    """Remove a link."""
    part, at = part_of(request, slug, session_slug), timezone.now()
    links.remove(part.session, reader_of(request, at), pk, at=at)
    messages.success(request, _("The link is removed."))
    return redirect("hosting:links", slug, session_slug)


def _about(part: Part) -> dict[str, object]:
    return {"event": part.session.event, "session": part.session, "part": part}

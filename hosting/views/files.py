"""Files beforehand: the host's page of them, and the one address at which each is served."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.models import Session
from hosting import files, proof
from hosting.access import NotTheirs, Reader
from hosting.file_kinds import FileRefused
from hosting.forms import FileForm
from hosting.models import LARGEST_FILE
from hosting.views.loading import event_or_404, hosts_only, reader_of, unkept
from members import readers as members


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
@hosts_only
def session_files(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show the files for those who have a place, and add one."""
    session, at = _session(slug, session_slug), timezone.now()
    reader = reader_of(request, at)
    files.acting(session, reader, at=at)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        content = given["file"].read(LARGEST_FILE + 1)
        try:
            files.add(session, reader, title=given["title"], about=given["about"], content=content, at=at)
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Those who have a place find the file on the session’s page."))
            return redirect("hosting:files", slug, session_slug)
    context = {"event": session.event, "session": session, "form": form, "files": files.of_session(session)}
    return render(request, "hosting/files.html", context | {"is_team": files.is_of_team(reader)})


@unkept
@require_POST
@hosts_only
def file_remove(request: HttpRequest, slug: str, session_slug: str, pk: int) -> HttpResponse:
    """Remove a file."""
    at = timezone.now()
    files.remove(_session(slug, session_slug), reader_of(request, at), pk, at=at)
    messages.success(request, _("The file is removed."))
    return redirect("hosting:files", slug, session_slug)


@unkept
@require_safe
def file(request: HttpRequest, slug: str, session_slug: str, pk: int) -> HttpResponse:
    """Hand a file to whoever may have it; for others there is none. No browser opens it as a page of ours."""
    at = timezone.now()
    try:
        found = files.opened(_session(slug, session_slug), _whoever(request, at), pk, at=at)
    except NotTheirs as refusal:
        raise Http404 from refusal
    answer = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    name = f"{slugify(found.title) or 'file'}.{found.kind}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _whoever(request: HttpRequest, at: datetime) -> Reader:
    """Return who asks: a file names nobody who comes, so that no second step is asked for it."""
    return Reader(members.reader_of(request), proof.shown_here(request, at=at))


def _session(slug: str, session_slug: str) -> Session:
    """Return a session of a public event. Whether there is one is told to nobody by its own."""
    event = event_or_404(slug)
    found = Session.objects.select_related("event", "workshop").filter(event=event, slug=session_slug).first()
    if found is None:
        raise NotTheirs
    return found

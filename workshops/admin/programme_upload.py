"""Importing a programme in the admin: upload, answer what the file leaves open, look, confirm.

The file is kept between the steps, with the answers; one form holds the questions and the button, so that
what was chosen and not yet looked at is never imported.
"""

import io
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.admin.pages import UPLOADS_KEPT, admin_page, check_may_import
from common.spreadsheets.grids import MAX_BYTES
from common.spreadsheets.questions import answered
from common.spreadsheets.tables import TableProblem, TableRefused, shortened
from events.models import Event
from members.admin.people import staff
from workshops.admin.forms import UploadForm
from workshops.models import ProgrammeImport, ProgrammeUpload
from workshops.programme_import.importing import ImportChanged, Options, import_programme, look

#: How many earlier imports are shown.
MAX_IMPORTS_SHOWN: Final = 10


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, *, model_admin: "ModelAdmin[Any]") -> HttpResponse:
    """Read a programme and keep it for the questions; what cannot be read is said, and nothing is kept."""
    check_may_import(request, model_admin)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"event": _next_event(request)})
    problems: list[TableProblem] = []
    if request.method == "POST" and form.is_valid():
        kept = _upload(request, form.cleaned_data)
        try:
            plan = look(kept.event, *_file(kept), options=_options(kept))
        except TableRefused as refusal:
            problems = refusal.problems
        else:
            if plan.questions or not plan.problems:
                kept.save()
                return redirect("admin:events_session_import_confirm", kept.pk)
            problems = shortened(plan.problems)
    imports = ProgrammeImport.objects.select_related("event", "member")[:MAX_IMPORTS_SHOWN]
    context = {"form": form, "problems": problems, "imports": imports, "title": "Import a programme"}
    return admin_page(request, model_admin, "admin/events/session/import.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int, *, model_admin: "ModelAdmin[Any]") -> HttpResponse:
    """Show what importing the kept file does; do just that when it is confirmed, or show what is new."""
    check_may_import(request, model_admin)
    kept = get_object_or_404(
        ProgrammeUpload.objects.select_related("event"), pk=pk, member_id=request.user.pk
    )
    plan, problems = None, []
    try:
        if request.method == "POST":
            kept.answers = answered(kept.answers, request.POST)
            kept.save(update_fields=["answers"])
            if "import" in request.POST:  # refused where these answers make something else than was looked at
                return _imported(request, kept)
            return redirect(f"{request.path}#looked")
        plan = look(kept.event, *_file(kept), answers=kept.answers, options=_options(kept))
    except TableRefused as refusal:
        problems = refusal.problems
    except ImportChanged as refusal:
        plan = refusal.plan
        messages.warning(request, str(refusal))
    problems = problems or (shortened(plan.problems) if plan else [])
    title = "Look at the programme before you import it"
    context = {"plan": plan, "upload": kept, "problems": problems, "title": title}
    return admin_page(request, model_admin, "admin/events/session/import_confirm.html", context)


def _imported(request: HttpRequest, kept: ProgrammeUpload) -> HttpResponse:
    plan = import_programme(
        kept.event,
        *_file(kept),
        str(request.POST.get("fingerprint", "")),
        by=staff(request),
        at=timezone.now(),
        answers=kept.answers,
        options=_options(kept),
    )
    kept.delete()
    messages.success(
        request,
        f"Imported: {len(plan.new)} new, {len(plan.changed)} changed, {len(plan.unchanged)} as they were.",
    )
    return redirect("admin:events_session_changelist")


def _file(kept: ProgrammeUpload) -> tuple[io.BytesIO, str]:
    return io.BytesIO(bytes(kept.content)), kept.filename


def _options(kept: ProgrammeUpload) -> Options:
    return Options(lift_limits=kept.lift_limits, publish=kept.publish)


def _upload(request: HttpRequest, values: dict[str, Any]) -> ProgrammeUpload:
    """Return the upload, not saved; those that nobody confirmed for a day go."""
    at = timezone.now()
    ProgrammeUpload.objects.filter(created_at__lt=at - UPLOADS_KEPT).delete()
    return ProgrammeUpload(
        member=staff(request),
        event=values["event"],
        filename=values["file"].name[:200],
        content=values["file"].read(MAX_BYTES + 1),
        lift_limits=values["lift_limits"],
        publish=values["new_sessions"] == "published",
        created_at=at,
    )


def _next_event(request: HttpRequest) -> Event | None:
    slug = request.GET.get("event", "")
    return Event.objects.filter(slug=slug).first() if slug.isprintable() and slug else Event.objects.first()

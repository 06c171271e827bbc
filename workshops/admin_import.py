"""Importing a programme in the admin: upload, look at every change and problem, confirm."""

import io
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from events.models import Event
from members.admin_tools import UPLOADS_KEPT, admin_page, check_may_import, staff
from members.tables import TableProblem, TableRefused
from workshops.admin_forms import UploadForm
from workshops.models import ProgrammeUpload
from workshops.programme_import import Plan, carry_out, plan_import


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, *, model_admin: "ModelAdmin[Any]") -> HttpResponse:
    """Read a programme and keep it for the confirmation; problems come by row, and nothing is kept then."""
    check_may_import(request, model_admin)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"event": _next_event(request)})
    problems: list[TableProblem] = []
    if request.method == "POST" and form.is_valid():
        kept = _upload(request, form.cleaned_data)
        try:
            _plan(kept)
        except TableRefused as refusal:
            problems = refusal.problems
        else:
            kept.save()
            return redirect("admin:events_session_import_confirm", kept.pk)
    context = {"form": form, "problems": problems, "title": "Import a programme"}
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
        plan = _plan(kept)
        if request.method == "POST" and request.POST.get("fingerprint") == plan.fingerprint:
            carry_out(plan, at=timezone.now())
            return _done(request, kept, plan)
    except TableRefused as refusal:
        problems = refusal.problems
    if request.method == "POST":
        messages.warning(
            request, "Something has changed since you looked. Nothing has been imported: look again."
        )
    title = "Look at the programme before you import it"
    context = {"plan": plan, "upload": kept, "problems": problems, "title": title}
    return admin_page(request, model_admin, "admin/events/session/import_confirm.html", context)


def _done(request: HttpRequest, kept: ProgrammeUpload, plan: Plan) -> HttpResponse:
    kept.delete()
    messages.success(
        request,
        f"Imported: {len(plan.new)} new, {len(plan.changed)} changed, {len(plan.unchanged)} as they were.",
    )
    return redirect("admin:events_session_changelist")


def _plan(kept: ProgrammeUpload) -> Plan:
    content = io.BytesIO(bytes(kept.content))
    options = {"lift_limits": kept.lift_limits, "publish": kept.publish}
    return plan_import(kept.event, content, kept.filename, at=timezone.now(), **options)


def _upload(request: HttpRequest, values: dict[str, Any]) -> ProgrammeUpload:
    """Return the upload, not saved; those that nobody confirmed for a day go."""
    at = timezone.now()
    ProgrammeUpload.objects.filter(created_at__lt=at - UPLOADS_KEPT).delete()
    return ProgrammeUpload(
        member=staff(request),
        event=values["event"],
        filename=values["file"].name[:200],
        content=values["file"].read(),
        lift_limits=values["lift_limits"],
        publish=values["new_sessions"] == "published",
        created_at=at,
    )


def _next_event(request: HttpRequest) -> Event | None:
    slug = request.GET.get("event", "")
    return Event.objects.filter(slug=slug).first() if slug.isprintable() and slug else Event.objects.first()

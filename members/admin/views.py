"""The admin's own pages: an address, a password, and importing the community's list with a look first."""

import io
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.admin.pages import UPLOADS_KEPT, admin_page, check_may_import
from common.spreadsheets.grids import MAX_BYTES
from common.spreadsheets.questions import answered
from common.spreadsheets.tables import TableProblem, TableRefused, shortened
from members.accounts import factor_reset, first_factor, fresh_proof, second_factor
from members.addresses import CorrectionRefused, correct, send_reset
from members.admin.forms import AddressForm, ListForm
from members.admin.people import staff
from members.list_import.importing import ListChanged, import_members, in_words, plan
from members.list_import.reading import Upload, read_list
from members.models import ListUpload, Member
from members.privacy import erasure
from members.views_privacy import what_erasing_does

#: How many of each kind the preview names.
MAX_NAMED = 50


@require_http_methods(["GET", "HEAD", "POST"])
def correct_address(request: HttpRequest, pk: int, *, model_admin: "ModelAdmin[Any]") -> HttpResponse:
    """Give a member another address, which they confirm at the next log-in."""
    member = _member(request, pk, model_admin)
    form = AddressForm(request.POST or None, initial={"email": member.email, "seen": member.email})
    if request.method == "POST" and form.is_valid():
        try:
            correct(member, by=staff(request), at=timezone.now(), **form.cleaned_data)
        except CorrectionRefused as refusal:
            member.refresh_from_db()
            form = AddressForm(
                form.cleaned_data | {"seen": member.email}
            )  # what is on the screen from now on
            form.add_error("email", str(refusal))
        else:
            messages.success(
                request, "The address is corrected. Emails go there; it is confirmed at the next log-in."
            )
            return redirect("admin:members_member_change", pk)
    context = {"form": form, "member": member, "original": member, "title": "Correct the email address"}
    return admin_page(request, model_admin, "admin/members/member/address.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def send_password_reset(request: HttpRequest, pk: int, *, model_admin: "ModelAdmin[Any]") -> HttpResponse:
    """Say what is sent, then mail a member how to choose a new password."""
    member = _member(request, pk, model_admin)
    if request.method == "POST":
        send_reset(member, by=staff(request), at=timezone.now())
        messages.success(request, f"We are mailing {member} how to choose a new password.")
        return redirect("admin:members_member_change", pk)
    context = {"member": member, "original": member, "title": "Help with the password"}
    return admin_page(request, model_admin, "admin/members/member/password.html", context)


#: What is pressed on the page of a second step: the rule, and what is said once it is done.
SECOND_STEP: Final = {
    "ask": (factor_reset.ask, "Another of the team, a superuser, now confirms it on this page."),
    "confirm": (factor_reset.confirm, "The second step of {member} is reset. We are mailing them."),
    "let": (first_factor.let, "{member} can set up a second step within the next seven days. Tell them."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof.required
def reset_second_step(request: HttpRequest, pk: int, *, model_admin: "ModelAdmin[Any]") -> HttpResponse:
    """Ask to reset a lost second step, confirm what another has asked, or let somebody set up their first."""
    member, at = get_object_or_404(Member, pk=pk), timezone.now()
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        asked_for = next((one for one in ("confirm", "let") if one in request.POST), "ask")
        act, done = SECOND_STEP[asked_for]
        try:
            act(member, by=staff(request), at=at)
            messages.success(request, done.format(member=member))
        except (factor_reset.ResetRefused, first_factor.NotLet) as refusal:
            messages.error(request, str(refusal))
        return redirect("admin:members_member_second_step", pk)
    asked = factor_reset.pending(member, at=at)
    is_held = second_factor.is_held_by(member)
    context = {
        "member": member,
        "title": "Second step",
        "is_held": is_held,
        "is_waited_for": not is_held and second_factor.is_asked_of(member),
        "pending": asked,
        "asked_by": Member.objects.filter(pk=asked.actor_id).first() if asked else None,
    }
    return admin_page(request, model_admin, "admin/members/member/second_step.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, pk: int, *, model_admin: "ModelAdmin[Any]") -> HttpResponse:
    """Say what erasing does, and owe it to a member in ten days; or take it back."""
    member = _member(request, pk, model_admin)
    if request.method == "POST":
        return _erase(request, member)
    context = {"member": member, "original": member, "title": "Erase the person"} | what_erasing_does()
    context |= {"pending": erasure.pending(member), "is_erased": erasure.is_erased(member)}
    return admin_page(request, model_admin, "admin/members/member/erase.html", context)


@fresh_proof.required
def _erase(request: HttpRequest, member: Member) -> HttpResponse:
    try:
        if "keep" in request.POST:
            if erasure.take_back(member, by=staff(request), at=timezone.now()):
                messages.success(request, f"{member} will not be erased. We are mailing them.")
            else:
                messages.warning(request, f"There was nothing to take back for {member}: see the page.")
        else:
            erasure.ask(member, by=staff(request), at=timezone.now())
            messages.success(request, f"{member} will be erased in ten days. We are mailing them.")
    except erasure.ErasureRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:members_member_change", member.pk)


def _member(request: HttpRequest, pk: int, model_admin: "ModelAdmin[Any]") -> Member:
    """Return the member whom the reader may change. Raises ``Http404`` and ``PermissionDenied``."""
    member = get_object_or_404(Member, pk=pk)
    if not model_admin.has_change_permission(request, member):
        raise PermissionDenied
    return member


@require_http_methods(["GET", "HEAD", "POST"])
def upload_list(request: HttpRequest, *, model_admin: "ModelAdmin[Any]") -> HttpResponse:
    """Read a list and keep it for the look; what is no list of people is said, and nothing is kept then."""
    check_may_import(request, model_admin)
    form = ListForm(request.POST or None, request.FILES or None)
    problems: list[TableProblem] = []
    if request.method == "POST" and form.is_valid():
        kept = _upload(request, form.cleaned_data["file"])
        try:
            upload = _read(kept)
        except TableRefused as refusal:
            problems = refusal.problems
        else:
            if upload.entries or upload.questions or upload.ended:
                kept.save()
                return redirect("admin:members_listedaddress_confirm", kept.pk)
            problems = shortened(upload.problems)
    context = {"form": form, "problems": problems, "title": "Import a list of members"}
    return admin_page(request, model_admin, "admin/members/listedaddress/import.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_list(request: HttpRequest, pk: int, *, model_admin: "ModelAdmin[Any]") -> HttpResponse:
    """Ask what the kept list leaves open, show what importing it does, and do it when it is confirmed."""
    check_may_import(request, model_admin)
    kept = get_object_or_404(ListUpload, pk=pk, member_id=request.user.pk)
    if request.method == "POST":
        kept.answers = answered(kept.answers, request.POST)
        kept.save(update_fields=["answers"])
        if "import" not in request.POST:
            return redirect(f"{request.path}#looked")
    try:
        upload = _read(kept)
    except TableRefused as refusal:
        upload = Upload(problems=refusal.problems)
    if request.method == "POST" and not upload.open_questions and upload.entries:
        try:
            return _imported(request, kept, upload)
        except ListChanged as refusal:
            messages.warning(request, str(refusal))
    context = {
        "plan": plan(upload.entries, ended=upload.ended),
        "read": upload,
        "left_out": shortened(upload.problems),
        "upload": kept,
        "shown": MAX_NAMED,
        "title": "Look at the list before you import it",
    }
    return admin_page(request, model_admin, "admin/members/listedaddress/confirm.html", context)


def _imported(request: HttpRequest, kept: ListUpload, upload: Upload) -> HttpResponse:
    """Import what was looked at. Raises ``ListChanged``."""
    looked_at = str(request.POST.get("fingerprint", ""))
    done = import_members(upload.entries, by=staff(request), at=timezone.now(), fingerprint=looked_at)
    kept.delete()
    messages.success(request, in_words(done))
    return redirect(reverse("admin:members_listedaddress_changelist"))


def _read(kept: ListUpload) -> Upload:
    return read_list(io.BytesIO(bytes(kept.content)), kept.filename, kept.answers)


def _upload(request: HttpRequest, file: Any) -> ListUpload:
    """Return the upload, not saved; those that nobody confirmed for a day go."""
    at = timezone.now()
    ListUpload.objects.filter(created_at__lt=at - UPLOADS_KEPT).delete()
    return ListUpload(
        member=staff(request),
        filename=str(file.name)[:200],
        content=file.read(MAX_BYTES + 1),
        created_at=at,
    )

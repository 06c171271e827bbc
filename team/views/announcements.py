"""Announcements as the team sees them: the list, writing one, looking at it, and how far it has come."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog import body as bodies
from common.sandboxed_html import framed
from team.announcement_forms import AnnouncementForm, ScheduleForm, submission
from team.announcements import placeholders, writing
from team.announcements.listed import rows
from team.announcements.preview import Sample, preview
from team.announcements.refusals import AnnouncementRefused
from team.announcements.state import announcement_or_404, state
from team.announcements.writing import next_event
from team.guards import acting_member, allowed_if, may_announce, may_announce_again
from team.models import Announcement

PAGE_SIZE = 50
#: What other programs put on the clipboard is many times as long as its words.
MAX_PASTE_CHARS = 1_000_000
#: As many figures as no id has.
MAX_DIGITS = 18


@require_safe
@allowed_if(may_announce)
def announcements(request: HttpRequest) -> HttpResponse:
    """List them, the latest first."""
    found = Announcement.objects.select_related("event", "written_by", "sent_by").defer("words")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "team/announcements/list.html", {"page": page, "rows": rows(page)})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_announce)
def new(request: HttpRequest) -> HttpResponse:
    """Write a new one; saving shows it as it will be."""
    coming = next_event(at=timezone.now())
    asked = {"event": coming and coming.pk} | {
        name: request.GET[name] for name in ("audience", "event") if name in request.GET
    }
    form = AnnouncementForm(request.POST if request.method == "POST" else None, initial=asked)
    if _is_saved(request, form):
        told = writing.begin(form.written(), by=acting_member(request), at=timezone.now())
        return redirect("team:announcement", told.pk)
    return _form(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_announce)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft; a stale save is refused with all that was typed kept."""
    if request.method == "POST" and (gone := writing.who_deleted(pk)):
        return _typed_for_a_deleted_one(request, gone)
    told = announcement_or_404(pk)
    form = AnnouncementForm(request.POST if request.method == "POST" else None, told=told)
    if not told.is_editable and request.method != "POST":
        messages.warning(request, "It is no draft any more. Take it off the schedule, or write another one.")
        return redirect("team:announcement", pk)
    if _is_saved(request, form):
        try:
            by, at = acting_member(request), timezone.now()
            writing.save(told, form.written(), seen=form.cleaned_data["seen"], by=by, at=at)
        except AnnouncementRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("team:announcement", pk)
    return _form(request, form, told)


@require_safe
@allowed_if(may_announce)
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one as it will be, and to how many; once it goes out, how far it has come."""
    return page(request, announcement_or_404(pk))


@require_POST
@allowed_if(may_announce)
def announcement_paste(request: HttpRequest) -> JsonResponse:
    """Return what another program has put on the clipboard as a message, and what it left out.

    Changes nothing. It is what saving would make of it.
    """
    html = request.POST.get("html", "")[:MAX_PASTE_CHARS]
    return JsonResponse({"html": bodies.clean(html), "notes": bodies.left_out(html)})


@require_safe
@allowed_if(may_announce)
def announcement_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The email of a draft as HTML, for the frame of its page."""
    seen = preview(announcement_or_404(pk), _sample(request))
    if seen is None:
        raise Http404
    return framed(seen.letter.html)


def page(request: HttpRequest, told: Announcement, form: ScheduleForm | None = None) -> HttpResponse:
    """Show the page of one, with the form of its moment as it was typed."""
    sample = _sample(request)
    context = {
        "state": state(told, sample=sample, at=timezone.now()),
        "named": sample.named,
        "form": form or ScheduleForm(told=told),
        "submission": submission(),
        "may_send_again": may_announce_again(acting_member(request)),
    }
    return render(request, "team/announcements/announcement.html", context)


def _sample(request: HttpRequest) -> Sample:
    after = request.GET.get("after", "")
    is_number = after.isascii() and after.isdecimal() and len(after) < MAX_DIGITS
    return Sample(request.GET.get("named", ""), int(after) if is_number else 0)


def _is_saved(request: HttpRequest, form: AnnouncementForm) -> bool:
    """Whether it is to be saved and can be; else the form asks for what its audience needs."""
    if request.method != "POST":
        return False
    if request.POST.get("act") == "audience":
        form.errors.clear()
        return False
    return form.is_valid()


def _typed_for_a_deleted_one(request: HttpRequest, gone: str) -> HttpResponse:
    """Keep what was typed into a draft that a colleague has deleted: saved once more, it is a new one."""
    form = AnnouncementForm(request.POST)
    form.is_valid()
    form.add_error(None, f"{gone} What you typed is still here: save it, and it is a new draft.")
    return _form(request, form, None, action=reverse("team:announcement_new"))


def _form(
    request: HttpRequest, form: AnnouncementForm, told: Announcement | None, *, action: str = ""
) -> HttpResponse:
    context = {"form": form, "told": told, "placeholders": placeholders.NAMES, "action": action}
    return render(request, "team/announcements/edit.html", context)

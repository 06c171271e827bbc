"""Concerns for those who read them, whatever roles they have: the list, one of them, and what they do.

To whom a concern was not sent, or who was left out, it is not there. The list says nothing of what was told;
a press shows it, and is recorded.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.http import parse_id
from concerns import handling
from concerns.models import Concern
from concerns.refusals import ConcernRefused
from members.accounts import fresh_proof
from members.models import Member
from team.concern_forms import AnswerForm, NoteForm
from team.guards import acting_member, allowed_if, is_of_the_team

Press = Callable[[HttpRequest, Concern, Member], HttpResponse]


@require_safe
@allowed_if(is_of_the_team)
def concerns(request: HttpRequest) -> HttpResponse:
    """List what was sent to whoever asks, what waits for an answer on top."""
    theirs = list(handling.readable(acting_member(request)))
    now = timezone.now()
    rows = sorted(theirs, key=lambda one: (not one.is_open, one.is_suspected))
    context = {"rows": [(one, one.is_late(now)) for one in rows]}
    return render(request, "team/concerns/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(is_of_the_team)
@fresh_proof.required
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one is there; a press shows what was told, and is recorded."""
    found = _theirs(request, pk)
    if request.method == "POST":
        return _read(request, found, AnswerForm(), NoteForm())
    return render(request, "team/concerns/concern.html", _about(request, found))


def _press(view: Press) -> Callable[[HttpRequest, int], HttpResponse]:
    """Do something with a concern of theirs; where the rule refuses, say so on its page and show it anew."""

    @require_POST
    @allowed_if(is_of_the_team)
    @fresh_proof.required
    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponse:
        found = _theirs(request, pk)
        try:
            return view(request, found, acting_member(request))
        except ConcernRefused as refusal:
            messages.error(request, str(refusal))
        return _read(request, found, AnswerForm(initial=request.POST.dict()), NoteForm())

    return guarded


@_press
def answer(request: HttpRequest, found: Concern, by: Member) -> HttpResponse:
    """Answer whoever reported it."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _read(request, found, form, NoteForm())
    handling.answer(found.pk, form.cleaned_data["words"], seen=_seen(request), by=by, at=timezone.now())
    messages.success(request, "Answered. They read it with their code; who gave their name is emailed.")
    return redirect("team:concern", found.pk)


@_press
def note(request: HttpRequest, found: Concern, by: Member) -> HttpResponse:
    """Leave a note for the other readers."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _read(request, found, AnswerForm(), form)
    handling.note(
        found.pk,
        form.cleaned_data["note"],
        is_answer=form.cleaned_data["is_answer"],
        seen=_seen(request),
        by=by,
        at=timezone.now(),
    )
    messages.success(request, "Noted. Only those who read this concern see it.")
    return redirect("team:concern", found.pk)


@_press
def close(request: HttpRequest, found: Concern, by: Member) -> HttpResponse:
    """Close what is done."""
    handling.close(found.pk, seen=_seen(request), by=by, at=timezone.now())
    messages.success(request, "Closed. If they write more, it is open again.")
    return redirect("team:concerns")


@_press
def pass_on(request: HttpRequest, found: Concern, by: Member) -> HttpResponse:
    """Let another one read it who is named for the event."""
    to = get_object_or_404(Member, pk=parse_id(request.POST.get("to")))
    handling.pass_on(found.pk, to, by=by, at=timezone.now())
    messages.success(request, f"{to.name} can read it now.")
    return redirect("team:concern", found.pk)


def _read(request: HttpRequest, found: Concern, answering: AnswerForm, noting: NoteForm) -> HttpResponse:
    read = handling.read(found.pk, by=acting_member(request), at=timezone.now())
    context = _about(request, read) | {
        "has_read": True,
        "remarks": read.remarks.select_related("by"),
        "answering": answering,
        "noting": noting,
        "could_read": handling.could_read(read),
    }
    return render(request, "team/concerns/concern.html", context)


def _about(request: HttpRequest, found: Concern) -> dict[str, object]:
    recipients = found.recipients.filter(is_left_out=False).select_related("member")
    others = [one.member for one in recipients if one.member_id != acting_member(request).pk]
    return {"concern": found, "is_late": found.is_late(timezone.now()), "others": others}


def _theirs(request: HttpRequest, pk: int) -> Concern:
    found = handling.readable(acting_member(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _seen(request: HttpRequest) -> int:
    return parse_id(request.POST.get("seen"))

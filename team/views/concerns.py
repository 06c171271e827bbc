"""Concerns for those who read them, whatever roles they have: the list, one of them, and what they do.

To whom a concern was not sent, or who was left out, it is not there. The list says nothing of what was told;
a press shows it, and is recorded. What they do is sent to the same page, so that what they have typed comes
back there over a log-in.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from common.http import parse_id
from concerns import handling
from concerns.models import Concern
from concerns.refusals import ConcernRefused
from members.accounts import fresh_proof
from members.models import Member
from team.concern_forms import AnswerForm, NoteForm
from team.guards import acting_member, allowed_if, is_of_the_team


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
def concern(request: HttpRequest, named: str) -> HttpResponse:
    """Say that one is there; a press shows what was told, and is recorded. Others answer, note, close it."""
    by = acting_member(request)
    found = handling.readable(by).filter(form_digest__startswith=named).first()
    if found is None or found.address != named:
        raise Http404
    if request.method != "POST":
        return render(request, "team/concerns/concern.html", _about(found, by))
    answering = AnswerForm(request.POST if "words" in request.POST else None)
    noting = NoteForm(request.POST if "note" in request.POST else None)
    try:
        if (done := _done(request, found, by, answering, noting)) is not None:
            messages.success(request, done)
            return redirect("team:concern", found.address)
    except ConcernRefused as refusal:
        form = next((one for one in (answering, noting) if one.is_bound), None)
        if form is not None:
            form.add_error(None, str(refusal))
        else:
            messages.error(request, str(refusal))
    read = handling.read(found.pk, by=by, at=timezone.now())
    return render(request, "team/concerns/concern.html", _about(read, by) | _shown(read, answering, noting))


def _done(
    request: HttpRequest, found: Concern, by: Member, answering: AnswerForm, noting: NoteForm
) -> str | None:
    """Do what was pressed, and say so; nothing was done where that is to be read, or lacks words.

    Raises ``ConcernRefused``.
    """
    now, seen, act = timezone.now(), parse_id(request.POST.get("seen")), request.POST.get("act")
    if act == "answer" and answering.is_valid():
        handling.answer(found.pk, answering.cleaned_data["words"], seen=seen, by=by, at=now)
        return "Answered. They read it with their code; who gave their name and asked for it is emailed."
    if act in ("note", "spoken") and noting.is_valid():
        words, is_answer = noting.cleaned_data["note"], act == "spoken"
        handling.note(found.pk, words, seen=seen, is_answer=is_answer, by=by, at=now)
        return "Noted. Only those who read this concern see it."
    if act == "close":
        handling.close(found.pk, seen=seen, by=by, at=now)
        return "Closed. If they write more, it is open again."
    is_a_look = not act and not (answering.is_bound or noting.is_bound)
    if not is_a_look and act not in ("answer", "note", "spoken", "pass-on"):
        messages.error(request, "Nothing was done: press one of the buttons.")
    if act == "pass-on":
        to = get_object_or_404(Member, pk=parse_id(request.POST.get("to")))
        handling.pass_on(found.pk, to, by=by, at=now)
        return f"{to.name} can read it now."
    return None


def _about(found: Concern, by: Member) -> dict[str, object]:
    recipients = found.recipients.filter(is_left_out=False).select_related("member")
    others = [one.member for one in recipients if one.member_id != by.pk]
    return {"concern": found, "is_late": found.is_late(timezone.now()), "others": others}


def _shown(read: Concern, answering: AnswerForm, noting: NoteForm) -> dict[str, object]:
    return {
        "has_read": True,
        "remarks": read.remarks.select_related("by"),
        "answering": answering,
        "noting": noting,
        "may_close": handling.may_close(read) and read.status != Concern.Status.CLOSED,
        "could_read": handling.could_read(read),
    }

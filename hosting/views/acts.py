"""What a host does: write to those who come, and withdraw."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.words import counted
from hosting import withdrawing, writing
from hosting.access import Part
from hosting.forms import MessageForm
from hosting.models import HostWords
from hosting.views.loading import hosts_only, part_of, reader_of, unkept


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
@hosts_only
def message(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Ask for the words, show the email as it will be, and send it to those who have a place then."""
    part = part_of(request, slug, session_slug)
    form = MessageForm(request.POST if request.method == "POST" else None)
    act = request.POST.get("act")
    if request.method == "POST" and form.is_valid() and act != "change":
        if act != "send":
            return _look(request, part, form)
        if _send(request, part, form):
            return redirect("hosting:session", slug, session_slug)
    context = {
        "event": part.session.event,
        "session": part.session,
        "form": form,
        "people": writing.how_many(part.session),
        "left": writing.left(part.session),
    }
    return render(request, "hosting/message.html", context)


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
@hosts_only
def withdraw(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Say what withdrawing means, and do it; no reason is asked for."""
    part, at = part_of(request, slug, session_slug, has_agreed=False), timezone.now()
    may_withdraw = withdrawing.may_withdraw(part.session, at)
    if request.method == "POST" and may_withdraw:
        withdrawing.withdraw(part.session, reader_of(request, at), at=at)
        says = _("You no longer host “%(title)s”. The team is told, and finds somebody else.")
        messages.success(request, says % {"title": part.session.title})
        return redirect("hosting:overview", slug)
    context = {"event": part.session.event, "session": part.session, "may_withdraw": may_withdraw}
    return render(request, "hosting/withdraw.html", context)


def _look(request: HttpRequest, part: Part, form: MessageForm) -> HttpResponse:
    """Show the email as a host would get it, and to how many it goes."""
    values = {name: form.cleaned_data[name] for name in ("subject", "words")}
    told = HostWords(session=part.session, host=part.contributor, **values)
    context = {
        "event": part.session.event,
        "session": part.session,
        "form": form,
        "told": told,
        "letter": writing.letter(told, part.contributor),
        "people": writing.how_many(part.session),
    }
    return render(request, "hosting/message_preview.html", context)


def _send(request: HttpRequest, part: Part, form: MessageForm) -> bool:
    at = timezone.now()
    try:
        told = writing.write(part.session, reader_of(request, at), at=at, **form.cleaned_data)
    except (writing.NobodyComes, writing.NoMessageLeft) as refusal:
        form.add_error(None, str(refusal))
        return False
    except writing.AnotherWasSent as refusal:
        form.add_error(None, str(refusal))
        form.start_anew()
        return False
    emails = counted(told, "%(count)s email is on its way.", "%(count)s emails are on their way.")
    messages.success(request, emails)
    return True

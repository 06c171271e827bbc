"""Whether a host agrees that recordings of their session are shown."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hosting.views.loading import hosts_only, part_of, reader_of, unkept
from recordings import agreeing
from recordings.models import Consent, Recording


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
@hosts_only
def recording(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Ask the host, and keep what they answer; a deputy answers for nobody."""
    part, at = part_of(request, slug, session_slug, has_agreed=False), timezone.now()
    if request.method == "POST" and request.POST.get("agrees") in ("yes", "no") and not part.is_deputy:
        agrees, by = request.POST["agrees"] == "yes", reader_of(request, at).by
        agreeing.answer(part.session, part.contributor, agrees=agrees, by=by, at=at)
        messages.success(request, _("You have agreed.") if agrees else _("You have not agreed."))
        return redirect("hosting:recording", slug, session_slug)
    recordings = Recording.objects.filter(session=part.session).defer("cues", "words", "search")
    answer = Consent.objects.filter(session=part.session, contributor=part.contributor).first()
    context = {"event": part.session.event, "session": part.session, "part": part}
    return render(request, "hosting/recording.html", context | {"recordings": recordings, "answer": answer})

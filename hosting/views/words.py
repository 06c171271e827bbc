"""A host changes what their session says; the team sees it before members do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hosting import differing, words
from hosting.access import Part
from hosting.views.loading import hosts_only, part_of, reader_of, unkept
from hosting.words import Words, WordsClosed, WordsHaveChanged
from hosting.words_forms import WordsForm


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
@hosts_only
def session_words(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show what the session says, and keep what its host would have it say."""
    part, at = part_of(request, slug, session_slug), timezone.now()
    there = words.words_of(part.session)
    initial = there.wanted | {"seen": there.seen}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    now: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            waits = words.change(
                part.session, reader_of(request, at), form.wanted, seen=form.cleaned_data["seen"], at=at
            )
        except WordsHaveChanged as refusal:
            form.add_error(None, str(refusal))
            form.see(there.seen)
            now = _other(there, form.wanted)
        except WordsClosed as refusal:
            form.add_error(None, str(refusal))
        else:
            saved = _("Saved. The team sees it first; the session’s page follows then.")
            messages.success(request, saved if waits else _("The session says this, so nothing waits."))
            return redirect("hosting:words", slug, session_slug)
    return render(request, "hosting/words.html", _context(part, there, form) | {"now": now})


def _context(part: Part, there: Words, form: WordsForm) -> dict[str, object]:
    event = part.session.event
    return {
        "event": event,
        "session": part.session,
        "form": form,
        "latest": there.latest,
        "is_said": bool(there.latest and words.is_said(there.latest, there.now)),
        "until": event.host_words_last_day,
        "may_change": words.may_change(part.session, timezone.now()),
        "said": [(differing.NAMES[name], says) for name, says in there.now.items() if says],
    }


def _other(there: Words, typed: dict[str, str]) -> dict[str, str]:
    """Return what is now there in place of what was typed, by the name of the field."""
    return {str(differing.NAMES[name]): says for name, says in there.wanted.items() if says != typed[name]}

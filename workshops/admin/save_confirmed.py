"""Before a session is saved in the admin, staff see what that does: the same as on the team's page."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.template.response import TemplateResponse

from events.models import Contributor
from workshops.programme.foreseen import NotWhatWasSeen

#: What the page sends: what it said, or that the form is wanted once more.
SEEN: Final = "seen_effects"
BACK: Final = "_back"


def page(request: HttpRequest, model_admin: "ModelAdmin[Any]", refusal: NotWhatWasSeen) -> TemplateResponse:
    """Return the page that says what saving does; it carries all that was typed."""
    effects = refusal.effects
    ours = ("csrfmiddlewaretoken", SEEN, BACK)
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name not in ours]
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "original": effects.session,
        "title": "What saving it does",
        "effects": effects,
        "turns": [{"member": one.member} for one in effects.served],
        "typed": typed,
        "stale": str(refusal) if SEEN in request.POST else "",
    }
    return TemplateResponse(request, "admin/events/session/save_confirm.html", context)


def people_after(formsets: Sequence[Any]) -> list[Contributor] | None:
    """Return who hosts or speaks once what is typed below the session is saved, each once.

    ``None`` is whoever does now: who may not change that has no form for it.
    """
    if not formsets:
        return None
    rows = (one for formset in formsets for one in formset.forms)
    typed = (one.cleaned_data for one in rows if getattr(one, "cleaned_data", None))
    kept = [one["contributor"] for one in typed if one.get("contributor") and not one.get("DELETE")]
    return list(dict.fromkeys(kept))

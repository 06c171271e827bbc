"""Every component in every state on one page, for whoever builds pages; open with DEBUG or DEMO only."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.page_forms import PageFormMixin


class EveryField(PageFormMixin, forms.Form):
    """One field of every kind."""

    name = forms.CharField(help_text="As you write it yourself.")
    email = forms.EmailField()
    region = forms.ChoiceField(choices=[("", "Choose"), ("wales", "Wales")], required=False)
    needs = forms.CharField(
        label="What you need to take part",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="The hosts of your sessions and the team see it.",
    )
    calendar = forms.ChoiceField(
        choices=[("invitations", "Invitations by email"), ("feed", "Subscribed calendar")],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        choices=[("flow", "Flow"), ("equity", "Equity")], widget=forms.CheckboxSelectMultiple, required=False
    )
    code_of_conduct = forms.BooleanField(label="I accept the code of conduct")


class Filters(forms.Form):
    """The filters of a programme."""

    words = forms.CharField(required=False)
    theme = forms.ChoiceField(choices=[("", "All themes"), ("equity", "Equity")], required=False)
    free = forms.BooleanField(label="With places", required=False)


CARDS: list[dict[str, Any]] = [
    {"anchor": "free", "places": "8 of 20 places left", "verb": "Book a place", "kind": "primary"},
    {"anchor": "full", "places": "Full. 4 waiting", "verb": "Join the waiting list", "kind": "secondary"},
    {"anchor": "yours", "state": "yours", "badge": "Booked", "verb": "Give up my place", "kind": "quiet"},
    {"anchor": "waiting", "state": "waiting", "badge": "You are 3rd", "verb": "Leave the waiting list"},
    {"anchor": "cancelled", "state": "cancelled", "badge": "Cancelled", "verb": "See other sessions"},
]
BADGE_KINDS = {"yours": "yours", "waiting": "waiting", "cancelled": "problem"}


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all components."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    context = {
        "days": [{"id": "day-1", "title": "Wednesday 18 November", "slots": _slots()}],
        "plain_form": EveryField(auto_id="plain_%s"),
        "wrong_form": EveryField({"email": "ada at example"}, auto_id="wrong_%s"),
        "filters": Filters(auto_id="filter_%s"),
        "page": Paginator(range(60), 20).page(2),
        "headings": ["Session", "Places", "Waiting"],
        "rows": [["Board games for flow", "20", "4"], ["Coaching in the corridor", "12", "0"]],
        "now": timezone.now(),
    }
    return render(request, "styleguide.html", context)


def _slots() -> list[dict[str, Any]]:
    """Two time slots: sessions in every state, and an empty one."""
    shared = {"title": "Board games for flow", "format": "Workshop", "theme": "Equity", "colour": "#c8321f"}
    cards = [
        shared
        | {
            "kind": "quiet",
            "badge_kind": BADGE_KINDS.get(card["anchor"], "plain"),
            "yours": True,
        }
        | card
        for card in CARDS
    ]
    return [
        {"id": "slot-1", "title": "10:00 to 11:30", "items": cards},
        {"id": "slot-2", "title": "11:30 to 12:00", "note": "A break.", "items": []},
    ]

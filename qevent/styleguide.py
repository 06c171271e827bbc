"""Every component in every state on one page, for whoever builds pages; open with DEBUG or DEMO only.

Each file of ``templates/components/`` is shown by the sample of the same name in ``templates/styleguide/``,
whose own text stands below it as the way to use it; what it says of itself is the comment on top.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from common.forms import PageFormMixin
from events.models import Event, Session
from events.programme.contents import SessionCard
from members.models import Member
from qevent.colours import colours, contrast
from workshops.agenda import states
from workshops.agenda.slots import AgendaCard
from workshops.agenda.states import Button, State

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMMENT = re.compile(r"(?:\{# .+? #\}\n)+")


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
    slides = forms.FileField(required=False)
    password = forms.CharField(widget=forms.PasswordInput)
    fixed = forms.CharField(
        label="Cannot be changed", disabled=True, initial="Community event", required=False
    )
    code_of_conduct = forms.BooleanField(label="I accept the code of conduct")


class CodeForm(PageFormMixin, forms.Form):
    """The one field of a page that asks for a code."""

    code = forms.CharField(help_text="8 letters and figures.")


class Filters(forms.Form):
    """The filters of a programme."""

    words = forms.CharField(required=False)
    theme = forms.ChoiceField(choices=[("", "All themes"), ("equity", "Equity")], required=False)
    free = forms.BooleanField(label="With places", required=False)


@dataclass(frozen=True)
class Component:
    """One file of ``templates/components/``, what it says of itself, and its sample."""

    name: str

    @property
    def title(self) -> str:
        """Its name as a heading."""
        return self.name.replace("_", " ").capitalize()

    @property
    def says(self) -> str:
        """The comment on top: what it is, and its variables."""
        found = COMMENT.match((TEMPLATES / "components" / f"{self.name}.html").read_text())
        return " ".join(line[3:-3] for line in found[0].splitlines()) if found else ""

    @property
    def sample(self) -> str:
        """The template that shows it in every state."""
        return f"styleguide/{self.name}.html"

    @property
    def source(self) -> str:
        """How it is used: the sample's own text."""
        return (TEMPLATES / self.sample).read_text().strip()


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all components."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    now = timezone.now()
    item = {"anchor": "one-session", "title": "Board games for flow", "text": "Try it, and talk about it."}
    slots = [
        {"id": "slot-1", "title": "10:00 to 11:30", "items": [item]},
    ]
    context = {
        "colours": _colours(),
        "components": components(),
        "cards": _cards(now),
        "somebody": Member(
            name="Wilhelmina Fitzgerald-Ashworth of Llanfairpwllgwyngyllgogery", is_staff=True
        ),
        "slot": {"title": "10:00 to 11:30", "length": "1 hour 30 minutes", "note": "05:00 to 06:30 for you"},
        "days": [{"id": "day-1", "title": "Wednesday 18 November", "slots": slots}],
        "plain_form": EveryField(auto_id="plain_%s"),
        "wrong_form": EveryField({"email": "ada at example"}, auto_id="wrong_%s"),
        "code_form": CodeForm(auto_id="code_%s"),
        "filters": Filters(auto_id="filter_%s"),
        "few_fields": Filters(auto_id="few_%s"),
        "page": Paginator(range(60), 20).page(2),
        "headings": ["Session", "Places", "Waiting"],
        "rows": [["Board games for flow", "20", "4"], ["Coaching in the corridor", "12", "0"]],
    }
    return render(request, "styleguide.html", context)


def components() -> list[Component]:
    """Return all components by name."""
    return [Component(path.stem) for path in sorted((TEMPLATES / "components").glob("*.html"))]


def _colours() -> list[dict[str, Any]]:
    """Each token's shades, light then dark, with their contrast on the two grounds of a page."""
    found = colours()
    return [
        {
            "name": name,
            "shades": [
                {
                    "value": shades[name],
                    "on_paper": contrast(shades[name], shades["paper"]),
                    "on_tint": contrast(shades[name], shades["tint"]),
                }
                for shades in found.values()
            ],
        }
        for name in found["light"]
    ]


def _cards(now: datetime) -> list[dict[str, Any]]:
    """A card of the agenda in every state."""
    other = _session(900, now)
    shown: list[tuple[str, dict[str, Any]]] = [
        ("Free", {"places": "8 of 20 places left", "buttons": _buttons("Book a place", "primary")}),
        (
            "Full",
            {"places": "Full. 4 waiting", "is_full": True, "buttons": _buttons("Join the waiting list")},
        ),
        (
            "Booked",
            {"tone": states.YOURS, "label": "Booked", "buttons": _buttons("Give up my place", "quiet")},
        ),
        (
            "Waiting",
            {
                "tone": states.WAITING,
                "label": "You are 3rd on the waiting list",
                "message": states.WILL_EMAIL,
                "alternatives": (other,),
                "buttons": _buttons("Leave the waiting list", "quiet"),
            },
        ),
        (
            "Offered",
            {
                "tone": states.OFFERED,
                "label": "A place is held for you",
                "until": now + timedelta(days=1),
                "buttons": (*_buttons("Accept", "primary"), *_buttons("Decline", "quiet")),
            },
        ),
        ("Chosen", {"is_chosen": True, "label": "Chosen", "buttons": _buttons("Remove my choice", "quiet")}),
        (
            "Clashes with a place that they have",
            {"message": "It overlaps “Rota as kindness”.", "buttons": _buttons("Swap with Rota as kindness")},
        ),
        ("Hosted by them", {"tone": states.YOURS, "label": "You host this session"}),
        ("Open to everyone", {"label": states.OPEN_TO_EVERYONE, "message": states.NO_BOOKING_NEEDED}),
        ("Not yet open", {"opens_at": now + timedelta(days=3)}),
        ("Closed", {"message": "Booking for this session has closed."}),
        ("Cancelled", {"tone": states.CANCELLED, "label": "Cancelled", "message": "It does not take place."}),
    ]
    return [
        {"name": name, "card": _card(State(_session(number, now), **fields))}
        for number, (name, fields) in enumerate(shown, 901)
    ]


def _card(state: State) -> AgendaCard:
    session = state.session
    about = SessionCard(
        id=session.pk,
        slug=session.slug,
        title=session.title,
        format=session.format,
        themes=(),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        booking_opens_at=None,
        booking_closes_at=None,
        is_published=True,
        room="",
        has_captions=False,
        has_sign_language=False,
        is_recorded=False,
        words="",
        link=format_html('<a href="#cards">{}</a>', session.title),
        html=render_to_string("styleguide/_card_text.html"),
    )
    return AgendaCard({session.pk: state}, about)


def _session(pk: int, now: datetime) -> Session:
    event = Event(pk=1, slug="2026", title="Community event")
    return Session(pk=pk, event=event, title="Board games for flow", slug="flow", starts_at=now, ends_at=now)


def _buttons(label: str, kind: str = "secondary") -> tuple[Button, ...]:
    return (Button(label, f"#/{slugify(label)}", kind),)

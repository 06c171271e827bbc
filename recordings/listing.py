"""What there is to watch of an event, as its page lists it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from common.times import format_minutes
from common.words import counted
from events.models import Event, Session, Theme
from members.models import Member
from recordings import access, marks
from recordings.models import Mark, Recording


@dataclass(frozen=True)
class Row:
    """One thing to watch: a recording, or a session that is on demand altogether."""

    title: str
    about: str
    url: str
    facts: list[str]
    themes: list[Theme]
    available_until: datetime | None = None
    is_watched: bool = False


@dataclass(frozen=True)
class Listed:
    """The rows of a theme, or all; and the themes that have any."""

    rows: list[Row]
    themes: list[Theme]
    theme: Theme | None


def of(event: Event, reader: Member, *, theme: str, at: datetime) -> Listed:
    """Return what the reader may watch. Six queries."""
    mine = marks.of(event, reader)
    rows = [_row(one, mine) for one in access.listed_for(event, at=at)]
    rows += [_row_of_session(one) for one in _on_demand(event)]
    themes = sorted({one for row in rows for one in row.themes}, key=lambda one: (one.position, one.pk))
    wanted = next((one for one in themes if one.slug == theme), None)
    return Listed([row for row in rows if wanted is None or wanted in row.themes], themes, wanted)


def _row(recording: Recording, mine: Mapping[int, Mark]) -> Row:
    session, mark = recording.session, mine.get(recording.pk)
    return Row(
        title=recording.title,
        about=recording.about or session.summary,
        url=reverse("recordings:recording", args=[session.event.slug, recording.pk]),
        facts=facts_of(recording),
        themes=list(session.themes.all()),
        available_until=recording.available_until,
        is_watched=mark is not None and mark.watched_at is not None,
    )


def facts_of(recording: Recording) -> list[str]:
    """Return what people ask before they press: how long, how large, captions, where."""
    seconds = recording.seconds
    length = (
        format_minutes(round(seconds / 60))
        if seconds >= 60  # a minute
        else counted(seconds, "%(count)s second", "%(count)s seconds")
    )
    if recording.kind == Recording.Kind.TEXT:
        return [_("the transcript of %(length)s, nothing to watch") % {"length": length}]
    facts = [length]
    if recording.is_link:
        facts.append(_("at %(host)s") % {"host": recording.host})
    elif recording.size:
        facts.append(f"{recording.get_kind_display()}, {filesizeformat(recording.size)}")
    if recording.audio_size:
        facts.append(_("audio only: %(size)s") % {"size": filesizeformat(recording.audio_size)})
    facts.append(_("captions and transcript") if recording.has_captions else _("transcript"))
    if not recording.is_of_session:
        facts.append(_("made separately, not in the session"))
    return facts


def _on_demand(event: Event) -> list[Session]:
    """Return the sessions that have no time and a video, or a transcript, of their own."""
    sessions = Session.objects.published().filter(event=event, starts_at=None)
    films = sessions.exclude(recording_url="", transcript="")
    found = list(films.prefetch_related("themes").order_by("title", "pk"))
    for one in found:
        one.event = event
    return found


def _row_of_session(session: Session) -> Row:
    return Row(
        title=session.title,
        about=session.summary,
        url=session.get_absolute_url(),
        facts=[_("transcript")] if session.transcript else [],
        themes=list(session.themes.all()),
    )

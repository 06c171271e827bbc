"""How to join a session is another: saved by the rule of the programme, and told to those who count on it.

A notice on every page about the session says that it is so, an email to those who have a place and to the
hosts leads to *Now and next*; neither holds a link (rule P5). It is saved over what was seen, or not at
all, so that of two staff the later one looks again. The same press twice is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from common.fingerprints import fingerprint
from common.refusals import Refusal
from common.transactions import retried
from events.models import Session
from live import notices
from live.models import Notice
from members.models import Member
from workshops.letters import session_words
from workshops.letters.session_words import Group, NobodyToWriteTo
from workshops.programme import changes

#: How to join a session.
FIELDS: Final = ("join_url", "meeting_number", "passcode", "dial_in")
#: A title is as long as leaves room for the rest of a notice.
TITLE: Final = 90


class NewLinkRefused(Refusal):
    """An expected no."""


class ChangedMeanwhile(NewLinkRefused):
    """Somebody else changed how to join since the form was opened."""

    def __init__(self) -> None:
        super().__init__(_("Somebody changed it since you opened this, so nothing is saved yet. Look again."))


@dataclass(frozen=True)
class Told:
    """How many are emailed: who has a place, and hosts; ``is_new``: it was not so already."""

    booked: int = 0
    hosts: int = 0
    is_new: bool = True


def seen_as(session: Session) -> str:
    """Name how it is joined now: what a form carries of it."""
    return fingerprint([getattr(session, name) for name in FIELDS])


@retried
def change(session: Session, values: Mapping[str, str], *, seen: str, by: Member, at: datetime) -> Told:
    """Save how it is joined from now on, and tell it.

    Raises ``ChangedMeanwhile``, ``NewLinkRefused`` and what saving a session raises.
    """
    now = changes.locked_sessions([session.pk])[session.pk]
    if all(values[name] == getattr(now, name) for name in FIELDS):
        return Told(is_new=False)
    if seen != seen_as(now):
        raise ChangedMeanwhile
    if not (values["join_url"] or values["meeting_number"] or values["dial_in"]):
        raise NewLinkRefused(
            _("Enter a link, a meeting number or a telephone number, so that people can join.")
        )
    if now.status != Session.Status.PUBLISHED or now.ends_at is None or now.has_ended(at):
        raise NewLinkRefused(_("Nobody joins it any more: it is over, or does not take place."))
    for name in FIELDS:
        setattr(now, name, values[name])
    changes.write_sessions([now], by=by, at=at)
    if not notices.is_time(now.event, at=at):
        return Told()  # nobody looks for it yet; the letter of the day before leads to it
    notice = notices.put(
        now.event,
        _("“%(title)s” is joined in another way now. Open Now and next, and press Join there.")
        % {"title": Truncator(now.title).chars(TITLE)},
        session=now,
        kind=Notice.Kind.LINK,
        ends_at=now.ends_at,
        by=by,
        at=at,
    )
    booked, hosts = (_email(now, group, notice, by, at) for group in (Group.BOOKED, Group.HOSTS))
    return Told(booked, hosts)


def _email(session: Session, group: Group, notice: Notice, by: Member, at: datetime) -> int:
    subject = _("A new way to join: %(title)s") % {"title": session.title}
    words = _(
        "How this session is joined has changed. What you may have noted before does not work any more.\n\n"
        "Open Now and next, and press Join there:\n%(page)s"
    ) % {"page": f"{settings.SITE_URL}{session.event.get_absolute_url()}live/"}
    try:
        return session_words.send(
            session,
            group,
            subject=Truncator(subject).chars(78),
            words=words,
            submission=uuid5(NAMESPACE_URL, f"link:{notice.pk}:{group}"),
            by=by,
            at=at,
        )
    except NobodyToWriteTo:
        return 0

"""Reporting a concern: anybody may, with or without an account, with or without a name.

It goes to those who are named on the page at that moment, but one who may be left out. Without a name nothing
is stored of who it was: no member, no address, no session, no entry that names them, and its moments are
whole hours, so that no log of another machine finds them. With a name readers know it, and nobody else: no
entry of the trail names whoever reports. What a program seems to have sent is kept, and nobody is emailed.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from audit import trail
from audit.actors import VISITOR
from audit.acts import Act
from common.transactions import retried
from concerns import codes, readers
from concerns.models import Concern, ConcernQuerySet, Recipient, Remark
from concerns.refusals import LongEnough, NobodyReads, OthersRead, TooManyCodes, TooManyConcerns, WrongCode
from concerns.working_days import answer_by
from events.models import Event, Session
from members.accounts import limits
from members.accounts.limits import Limit, TooMany
from members.models import Member
from notifications import outbox
from notifications.models import Message

CAME: Final = "concern-came"
#: From visitors, all together: programs send more, an event's visitors never do. Accounts are not counted.
FROM_VISITORS: Final = Limit("concern", 200, timedelta(hours=1))
#: Readers are emailed about so many within an hour; their page shows all.
MAILED_AN_HOUR: Final = 20
#: So often somebody writes more.
MOST_REMARKS: Final = 100


@dataclass(frozen=True)
class Told:
    """What somebody told: ``form`` is the secret of the page's form, ``seen`` the readers it has named."""

    form: str
    seen: str
    what: str
    session: Session | None = None
    about_whom: str = ""
    would_help: str = ""
    wants: str = Concern.Wants.CODE
    reach: str = ""
    left_out: int | None = None
    reporter: Member | None = None
    is_visitor: bool = True
    is_suspected: bool = False


def seen(named: list[Member]) -> str:
    """Return what a page carries that names these as readers."""
    return "-".join(str(one.pk) for one in named)


def report(event: Event, told: Told, *, at: datetime) -> str:
    """Keep what somebody told, and return their code. The same form again is the same concern.

    Raises ``NobodyReads``, ``OthersRead`` and ``TooManyConcerns``.
    """
    if told.is_visitor:
        try:
            limits.count([FROM_VISITORS.of(str(event.pk))], at=moment(at, None))
        except TooMany as too_many:
            raise TooManyConcerns from too_many
    return _report(event, told, moment(at, told.reporter))


def moment(at: datetime, reporter: Member | None) -> datetime:
    """Return the moment that is kept: of somebody without a name the hour alone."""
    return at if reporter else at.replace(minute=0, second=0, microsecond=0)


@retried
def _report(event: Event, told: Told, at: datetime) -> str:
    # Who reads is changed under this row's lock: nobody gets what came after they were taken out.
    Event.objects.raw("SELECT * FROM events_event WHERE id = %s FOR SHARE", [event.pk])[0]
    code, digest = codes.of_form(told.form), codes.digest_of_form(told.form)
    if Concern.objects.filter(form_digest=digest).exists():
        return code
    named = readers.of_event(event)
    if not named:
        raise NobodyReads
    left_out = told.left_out if len(named) > 1 else None
    if told.seen != seen(named) or (left_out and left_out not in {one.pk for one in named}):
        raise OthersRead
    concern, is_new = Concern.objects.get_or_create(
        form_digest=digest, defaults=_facts(event, told, at) | {"code_digest": codes.digest_of_code(code)}
    )
    if is_new:
        Recipient.objects.bulk_create(
            Recipient(concern=concern, member=one, is_left_out=one.pk == left_out) for one in named
        )
        trail.record(concern, Act.CONCERN_REPORTED, by=VISITOR, at=at)
        tell_readers(concern, at=at)
    return code


def _facts(event: Event, told: Told, at: datetime) -> dict[str, object]:
    desk = readers.desk_of(event)
    wants_answer = told.wants != Concern.Wants.NOTHING
    return {
        "event": event,
        "session": told.session,
        "reporter": told.reporter,
        "about_whom": told.about_whom.strip(),
        "what": told.what.strip(),
        "would_help": told.would_help.strip(),
        "wants": told.wants,
        "reach": told.reach.strip(),
        "is_suspected": told.is_suspected,
        "created_at": at,
        "changed_at": at,
        "answer_by": answer_by(at, desk.answer_days, event.zone) if wants_answer else None,
    }


def tell_readers(concern: Concern, *, at: datetime) -> None:
    """Owe each who reads it an email without any content; not about what looks like spam, nor in a flood."""
    if concern.is_suspected:
        return
    mailed = Message.objects.filter(kind=CAME, created_at__gte=at - timedelta(hours=1))
    for one in concern.recipients.filter(is_left_out=False).select_related("member"):
        if mailed.filter(member=one.member).count() < MAILED_AN_HOUR:
            tell_reader(concern, one.member, at=at)


def tell_reader(concern: Concern, reader: Member, *, at: datetime) -> None:
    """Owe one reader an email without any content; nothing of it says which concern."""
    about, key = {"concern": concern.pk}, secrets.token_hex(16)
    outbox.enqueue(CAME, at=at, member=reader, payload=about, key=key)


def by_code(code: str, *, at: datetime) -> Concern:
    """Return the concern of a code, whichever event it is of. Raises ``WrongCode`` and ``TooManyCodes``."""
    try:
        codes.count(code, at=at)
    except TooMany as too_many:
        raise TooManyCodes from too_many
    found = _shown().filter(codes.named(code)).first()
    if found is None:
        raise WrongCode
    codes.was_right(code)
    return found


def own(event: Event, member: Member | None) -> list[Concern]:
    """Return what somebody reported with their name; nothing of a visitor. Two queries."""
    return list(_shown().filter(event=event, reporter=member)) if member else []


def _shown() -> ConcernQuerySet:
    return Concern.objects.select_related("event", "session").prefetch_related("remarks")


@retried
def write_more(concern: Concern, words: str, *, at: datetime) -> Concern:
    """Add to what was reported; it is new again, with a new day for the answer. Raises ``LongEnough``."""
    locked = Concern.objects.select_for_update(no_key=True, of=("self",)).select_related("event", "reporter")
    found: Concern = locked.get(pk=concern.pk)
    at, words = moment(at, found.reporter), words.strip()
    mores = found.remarks.filter(kind=Remark.Kind.MORE)
    last = mores.last()
    if last is not None and last.words == words and found.status == Concern.Status.NEW:
        return found  # pressed twice
    if mores.count() >= MOST_REMARKS:
        raise LongEnough
    found.remarks.create(kind=Remark.Kind.MORE, words=words, at=at)
    found.status, found.changed_at = Concern.Status.NEW, at
    if found.answer_by is not None:
        found.answer_by = answer_by(at, readers.desk_of(found.event).answer_days, found.event.zone)
    found.version, found.is_suspected = found.version + 1, False  # no program comes back with its code
    found.save(update_fields=["status", "changed_at", "answer_by", "version", "is_suspected"])
    trail.record(found, Act.CONCERN_ADDED_TO, by=VISITOR, at=at)
    tell_readers(found, at=at)
    return found

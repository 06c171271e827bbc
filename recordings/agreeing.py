"""Whether those who host or speak in a session agree that its recordings are shown.

Each answers for themselves, and may change their mind: whoever does not agree takes every recording of the
session off at once (``Recording.objects.shown``). What was told to the team on the telephone or by email the
team writes down, as told. Who was asked and has not answered has not agreed.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.transactions import retried
from events.models import Contributor, Session, SessionContributor
from recordings.models import Consent
from recordings.refusals import RecordingRefused

Answer = Consent.Answer
ACTS = {Answer.AGREED: Act.RECORDING_AGREED, Answer.DECLINED: Act.RECORDING_DECLINED}


@retried
def ask(session: Session, *, by: By, at: datetime) -> int:
    """Ask all who host or speak in a session and were not asked; return how many."""
    _lock(session)
    asked = Consent.objects.filter(session=session).values("contributor")
    new = [one.contributor for one in _parts(session).exclude(contributor__in=asked)]
    Consent.objects.bulk_create(
        Consent(session=session, contributor=one, answer=Answer.ASKED, asked_at=at) for one in new
    )
    for one in new:
        trail.record(session, Act.RECORDING_ASKED, by=by, at=at, contributor=one.pk)
    return len(new)


@retried
def answer(session: Session, contributor: Contributor, *, agrees: bool, by: By, at: datetime) -> None:
    """Keep what one of them answers themselves; the same again changes nothing."""
    said = Answer.AGREED if agrees else Answer.DECLINED
    _keep(session, contributor, said, at, by=by, act=ACTS[said])


@retried
def note(session: Session, contributor: Contributor, *, agrees: bool, by: By, at: datetime) -> None:
    """Keep what one of them told the team. Raises ``RecordingRefused``."""
    said = Answer.AGREED if agrees else Answer.DECLINED
    _keep(session, contributor, said, at, by=by, act=Act.RECORDING_ANSWER_NOTED)


def _keep(
    session: Session, contributor: Contributor, said: Answer, at: datetime, *, by: By, act: Act
) -> None:
    _lock(session)
    if not asked(session).filter(pk=contributor.pk).exists():
        raise RecordingRefused(_("They do not host this session or speak in it any more."))
    is_by_team = act is Act.RECORDING_ANSWER_NOTED
    kept = Consent.objects.filter(session=session, contributor=contributor).first()
    if kept is None:
        kept = Consent(session=session, contributor=contributor, asked_at=at)
    if kept.answer == said and kept.is_by_team == is_by_team:
        return
    kept.answer, kept.answered_at, kept.is_by_team = said, at, is_by_team
    kept.save()
    trail.record(session, act, by=by, at=at, contributor=contributor.pk, agrees=said is Answer.AGREED)


def silent(session: Session) -> list[Contributor]:
    """Return who takes part and has not agreed, and who declined, even where they have left. One query."""
    answers = Consent.objects.filter(session=session, contributor=OuterRef("pk"))
    takes_part = Exists(SessionContributor.objects.filter(session=session, contributor=OuterRef("pk")))
    has_agreed = Exists(answers.filter(answer=Answer.AGREED))
    has_declined = Exists(answers.filter(answer=Answer.DECLINED))
    return list(Contributor.objects.filter(Q(takes_part) & ~Q(has_agreed) | Q(has_declined)))


def asked(session: Session) -> "QuerySet[Contributor]":
    """Return who takes part in a session, or was asked when they did."""
    theirs = Consent.objects.filter(session=session).values("contributor")
    return Contributor.objects.filter(Q(pk__in=_parts(session).values("contributor")) | Q(pk__in=theirs))


def _parts(session: Session) -> "QuerySet[SessionContributor]":
    return SessionContributor.objects.filter(session=session)


def _lock(session: Session) -> None:
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)

"""Whether those who host or speak in a session agree that its recordings are shown.

Each answers for themselves, and may change their mind: whoever does not agree takes every recording of the
session off at once (``Recording.objects.shown``). What was told to the team on the telephone or by email the
team writes down, as told. Who was asked and has not answered has not agreed.
"""

from datetime import datetime

from django.db.models import QuerySet
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
    if not _parts(session).filter(contributor=contributor).exists():
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
    """Return who hosts or speaks in a session and has not agreed. One query."""
    agreed = Consent.objects.filter(session=session, answer=Answer.AGREED).values("contributor")
    parts = _parts(session).exclude(contributor__in=agreed).select_related("contributor")
    return [one.contributor for one in parts]


def _parts(session: Session) -> "QuerySet[SessionContributor]":
    return SessionContributor.objects.filter(session=session)


def _lock(session: Session) -> None:
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)

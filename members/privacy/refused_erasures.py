"""An erasure that is due and cannot be done: said once to the person and to the team, and tried each day.

It stands with the erasure, so that *My data* and the person's record in the admin show it. Another reason is
said anew; the same one is not, and fills no log.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from audit import trail
from audit.actors import SITE
from audit.acts import Act
from common.transactions import retried
from members.capabilities import CHANGE_MEMBERS
from members.models import Erasure, Member, SiteSettings
from notifications import outbox

#: When it is tried again.
AGAIN: Final = timedelta(days=1)

logger = logging.getLogger(__name__)


def on_our_side() -> str:
    """Return what the person is told where only who runs the server can put it right."""
    return _("Something has to be put right on our side first. You need do nothing.")


@retried
def note(erasure: Erasure, why: str, *, at: datetime) -> None:
    """Keep why, try again in a day, and tell it where it is news. ``why`` is for the team as well."""
    locked = Erasure.objects.select_for_update(of=("self",)).select_related("member").get(pk=erasure.pk)
    if locked.taken_back_at or locked.done_at:
        return
    is_news = locked.refusal != why
    Erasure.objects.filter(pk=locked.pk).update(refused_at=at, refusal=why, due_at=at + AGAIN)
    if is_news:
        logger.warning("Member %s cannot be erased; they and the team are told.", locked.member_id)
        trail.record(locked.member, Act.ERASURE_REFUSED, by=SITE, at=at)
        _tell(locked, at)


def _tell(erasure: Erasure, at: datetime) -> None:
    member: Member = erasure.member
    about = {"erasure": erasure.pk, "of": member.pk}
    key = f"erasure-refused:{erasure.pk}:{at.isoformat()}"
    outbox.enqueue("erasure-refused", at=at, key=key, member=member, payload=about)
    team = list(Member.objects.who_may(CHANGE_MEMBERS).exclude(pk=member.pk))
    for one in team:
        outbox.enqueue("erasure-refused-team", at=at, key=f"{key}:{one.pk}", member=one, payload=about)
    if not team and (address := SiteSettings.load().contact_email):
        outbox.enqueue("erasure-refused-team", at=at, key=key, email=address, payload=about)

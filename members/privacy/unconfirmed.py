"""Accounts whose address nobody confirmed: nobody has ever been in them, and after a month they go."""

from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef
from django.db.models.deletion import ProtectedError

from audit import trail
from audit.actors import SITE
from audit.acts import Act
from common.transactions import retried
from members.models import Member

RETENTION: Final = timedelta(days=30)


def forget(*, at: datetime) -> int:
    """Delete accounts that are old enough and whose address nobody confirmed; return how many.

    Not those that the team made, whose address it vouches for.
    """
    confirmed = EmailAddress.objects.filter(user_id=OuterRef("pk"), verified=True)
    old = Member.objects.filter(
        ~Exists(confirmed),
        date_joined__lte=at - RETENTION,
        last_login=None,
        is_vouched_for=False,
        is_staff=False,
        is_active=True,
    )
    return sum(_forget(pk, at) for pk in list(old.order_by("pk").values_list("pk", flat=True)))


def _forget(pk: int, at: datetime) -> bool:
    try:
        return _delete(pk, at)
    except ProtectedError:  # the team has registered them for something meanwhile
        return False


@retried
def _delete(pk: int, at: datetime) -> bool:
    member = Member.objects.select_for_update().filter(pk=pk).first()
    if member is None or EmailAddress.objects.filter(user=member, verified=True).exists():
        return False
    trail.record(member, Act.DELETED, by=SITE, at=at)
    member.delete()
    return True

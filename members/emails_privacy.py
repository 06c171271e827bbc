"""The emails about people's own data: one function each, rendered at delivery."""

from datetime import datetime
from functools import partial

from django.utils.translation import gettext_lazy

from common.personal_data.registry import NOBODY
from members.emails import BY_ACCOUNT
from members.letters import compose
from members.models import DataExport, Erasure, Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter

BY_TEAM = gettext_lazy("You get this email because you help run the site.")
HAD_ACCOUNT = gettext_lazy("You get this email because you had an account with us. It is the last one.")


def register() -> None:
    """Tell the outbox who renders what; for ``AppConfig.ready``."""
    outbox.register("data-ready", data_ready)
    outbox.register("erasure-asked", erasure_asked)
    outbox.register("erasure-taken-back", erasure_taken_back)
    outbox.register("erasure-refused", erasure_refused)
    outbox.register("erasure-refused-team", erasure_refused_to_the_team)
    # Private: what was sent is not kept, and lists do not show where it went.
    outbox.register("erased", erased, is_private=True)


def data_ready(message: Message) -> Letter | None:
    """Say that the file with their data can be fetched, while it can."""
    member = message.member
    export = DataExport.objects.filter(pk=message.payload["export"], ready_at__isnull=False).first()
    if export is None or not isinstance(member, Member) or not member.is_active:
        return None
    return compose("data-ready", to=member, context={}, reason=BY_ACCOUNT)


def erasure_asked(message: Message) -> Letter | None:
    """Say that they will be erased, who asked for it, until when it can be taken back, and how."""
    member = message.member
    erasure = Erasure.objects.filter(pk=message.payload["erasure"], taken_back_at=None, done_at=None).first()
    if erasure is None or not isinstance(member, Member):
        return None
    context = {"erasure": erasure, "is_own": erasure.asked_by_id == member.pk}
    return compose("erasure-asked", to=member, context=context, reason=BY_ACCOUNT)


def erasure_taken_back(message: Message) -> Letter | None:
    """Say that somebody of the team took the erasure back, and how to ask for it again."""
    member = message.member
    if not isinstance(member, Member):
        return None
    return compose("erasure-taken-back", to=member, context={}, reason=BY_ACCOUNT)


def erasure_refused(message: Message) -> Letter | None:
    """Say that they could not be erased when it was due, why, and what to do."""
    member, erasure = message.member, _refused(message)
    if erasure is None or not isinstance(member, Member):
        return None
    return compose("erasure-refused", to=member, context={"erasure": erasure}, reason=BY_ACCOUNT)


def erasure_refused_to_the_team(message: Message) -> Letter | None:
    """Tell one of the team, or the team's own address, who could not be erased, and why."""
    erasure = _refused(message)
    if erasure is None or (isinstance(message.member, Member) and not message.member.is_active):
        return None
    to = message.member if isinstance(message.member, Member) else message.email
    return compose("erasure-refused-team", to=to, context={"erasure": erasure}, reason=BY_TEAM)


def _refused(message: Message) -> Erasure | None:
    rows = Erasure.objects.filter(taken_back_at=None, done_at=None, refused_at__isnull=False)
    return rows.filter(pk=message.payload["erasure"]).select_related("member").first()


def erased(message: Message) -> Letter | None:
    """Say that it is done; then where this went is forgotten, too."""
    if message.email == NOBODY:
        return None
    letter = compose("erased", to=message.email, context={}, reason=HAD_ACCOUNT)
    return Letter(**{**vars(letter), "on_sent": partial(_forget_address, message)})


def _forget_address(message: Message, _at: datetime) -> None:
    Message.objects.filter(pk=message.pk).update(email=NOBODY)

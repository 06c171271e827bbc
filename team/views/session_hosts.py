"""Inviting hosts to their pages, one or all of an event."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.words import counted
from events.models import Contributor
from hosting import inviting, withdrawing
from hosting.inviting import CannotInvite
from hosting.models import Withdrawal
from team.guards import acting_member, allowed_if, may_change_sessions
from team.sessions.loading import event_or_404, session_or_404


@require_POST
@allowed_if(may_change_sessions)
def invite(request: HttpRequest, slug: str, session_slug: str, pk: int) -> HttpResponse:
    """Invite a host of the session, or send them the invitation again."""
    session = session_or_404(slug, session_slug)
    host = get_object_or_404(Contributor, pk=pk, session_contributors__session=session)
    try:
        is_owed = inviting.invite(session.event, host, by=acting_member(request), at=timezone.now())
    except CannotInvite as refusal:
        messages.error(request, str(refusal))
    else:
        again = "The invitation went out less than ten minutes ago. Nothing was sent again."
        messages.success(request, f"The invitation of {host.name} is on its way." if is_owed else again)
    return redirect("team:session", slug, session_slug)


@require_POST
@allowed_if(may_change_sessions)
def invite_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite all hosts of an event who were not invited yet."""
    try:
        number = inviting.invite_all(event_or_404(slug), by=acting_member(request), at=timezone.now())
    except CannotInvite as refusal:
        messages.error(request, str(refusal))
    else:
        invited = counted(number, "%(count)s host is invited", "%(count)s hosts are invited")
        messages.success(request, f"{invited}. Whoever has no address stands below.")
    return redirect("team:event", slug)


@require_POST
@allowed_if(may_change_sessions)
def withdrawal_noted(request: HttpRequest, slug: str, session_slug: str, pk: int) -> HttpResponse:
    """Note that the team knows of a host who has withdrawn."""
    one = get_object_or_404(Withdrawal, pk=pk, session__slug=session_slug, session__event__slug=slug)
    withdrawing.note(one, by=acting_member(request), at=timezone.now())
    messages.success(request, "Noted. It stands on the first page no more.")
    return redirect("team:session", slug, session_slug)

"""The second step at the hosts' pages, for whoever has one to give or a role in the team.

What is shown here of people is what the team's own pages show: whoever needs more than a password or an
emailed code there must not need less here, or a stolen mailbox would read through the hosts' door what it
cannot read through the team's. So such a member, logged in, gives their second step first; and the address of
such an account opens nothing by a code alone: its letter says to log in. For all other hosts, with an account
or without, nothing changes.
"""

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from common.http import page_before, redirect_or_htmx
from members.accounts import second_factor
from members.models import Member


def check(request: HttpRequest, member: Member) -> None:
    """Lead a member who has it still to give to where it is given, and back. One query, none once given.

    Raises allauth's ``ImmediateHttpResponse``.
    """
    if second_factor.given_at(request, member) is None and _guarded().filter(pk=member.pk).exists():
        is_page = request.method in ("GET", "HEAD")
        back = request.get_full_path() if is_page else page_before(request)
        raise ImmediateHttpResponse(redirect_or_htmx(request, second_factor.page_for(member, back)))


def guards(address: str, *, but: Member | None = None) -> bool:
    """Whether the address is that of an account that a code alone must not stand for. One query.

    ``but``: who is logged in, and has given it.
    """
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True, email__lower=address)
    owners = _guarded().filter(Q(email__lower=address) | Exists(confirmed))
    return (owners.exclude(pk=but.pk) if but else owners).exists()


def _guarded() -> "QuerySet[Member]":
    """Return who holds keys of the site (``members.keys``) or has a second factor."""
    held = Authenticator.objects.filter(user=OuterRef("pk"), type__in=second_factor.LASTING)
    groups = Member.groups.through.objects.filter(member=OuterRef("pk"))
    rights = Member.user_permissions.through.objects.filter(member=OuterRef("pk"))
    holds_keys = Q(is_staff=True) | Q(is_superuser=True) | Exists(groups) | Exists(rights)
    found: QuerySet[Member] = Member.objects.filter(holds_keys | Exists(held), is_active=True)
    return found

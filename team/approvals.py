"""Who waits for approval, with what one decides by: what they told, the list, people of the same name.

A number of queries that does not grow with how many wait.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.core.paginator import Page, Paginator
from django.db.models import Q

from members import membership
from members.models import ListedAddress, Member
from notifications.models import Message
from team import response_time, taking
from team.models import Taken

if TYPE_CHECKING:
    MemberPaginator = Paginator[Member]
else:  # generic to the type checker only
    MemberPaginator = Paginator

#: How many stand on a page: so many can be read before one decides.
PAGE_SIZE: Final = 50
MEMBER: Final = Member._meta.label_lower
#: Who may read addresses of the list; others are told that there is one of the same name.
SEE_LIST: Final = "members.view_listedaddress"


@dataclass(frozen=True)
class Applicant:
    """Somebody who waits; ``namesakes`` are accounts, ``listed`` addresses on the list, of the same name."""

    member: Member
    waited: str
    is_listed: bool
    namesakes: list[Member] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    taken: Taken | None = None
    is_mine: bool = False

    thing: str = MEMBER

    @property
    def pk(self) -> int:
        """The id of who waits."""
        return self.member.pk

    @property
    def is_anothers(self) -> bool:
        """Whether a colleague is on it."""
        return self.taken is not None and not self.is_mine


@dataclass(frozen=True)
class Approvals:
    """A page of those who wait, and who was approved so lately that it can be taken back."""

    page: Page[Member]
    people: list[Applicant]
    approved: list[Member]


def approvals(reader: Member, *, page: str | None, at: datetime) -> Approvals:
    """Return those who wait, the longest first. Seven queries at most."""
    waiting = Member.objects.to_be_decided().order_by("membership_changed_at", "pk")
    shown = MemberPaginator(waiting, PAGE_SIZE).get_page(page)
    return Approvals(shown, _applicants(list(shown.object_list), reader, at), _approved(at))


def chosen(ids: Iterable[int]) -> list[Member]:
    """Return those of ``ids`` about whom the team decides, by name; who was decided about is left out."""
    return list(Member.objects.to_be_decided().filter(pk__in=ids).order_by("name", "pk"))


def _applicants(members: Collection[Member], reader: Member, at: datetime) -> list[Applicant]:
    if not members:
        return []
    taken, namesakes, listed = taking.current(at=at), _namesakes(members), _listed(members)
    found = []
    for one in members:
        sign = taken.get((MEMBER, one.pk))
        addresses = [row.email for row in listed if one.name_folded and row.name_folded == one.name_folded]
        is_listed = any(row.email.lower() == one.email.lower() for row in listed)
        others = [] if is_listed else addresses if reader.has_perm(SEE_LIST) else [""] * bool(addresses)
        waited = response_time.waited(one.membership_changed_at, at)
        is_mine = sign is not None and sign.by_id == reader.pk
        found.append(Applicant(one, waited, is_listed, namesakes[one.pk], others, sign, is_mine))
    return found


def _listed(members: Collection[Member]) -> list[ListedAddress]:
    """Return what the list has of these addresses, and of these names. One query."""
    addresses = Q(email__in=[one.email for one in members])
    return list(ListedAddress.objects.filter(addresses | Q(name_folded__in=_names(members))))


def _names(members: Collection[Member]) -> list[str]:
    return [one.name_folded for one in members if one.name_folded]


def _namesakes(members: Collection[Member]) -> dict[int, list[Member]]:
    """Return for each id the accounts of the same name, in whichever order its words stand. One query."""
    keys = {key for one in members for key in one.name_keys}
    others = list(Member.objects.filter(name_keys__overlap=list(keys), is_active=True)) if keys else []
    return defaultdict(
        list,
        {
            one.pk: [
                other for other in others if other.pk != one.pk and set(other.name_keys) & set(one.name_keys)
            ]
            for one in members
        },
    )


def _approved(at: datetime) -> list[Member]:
    """Those whose approval nobody has been told of yet. Two queries."""
    queued = Message.objects.filter(kind="membership-approved", state=Message.State.QUEUED)
    lately = Member.objects.filter(
        membership=Member.Membership.ACTIVE, membership_changed_at__gt=at - membership.TAKEN_BACK_WITHIN
    )
    found = list(lately.order_by("-membership_changed_at", "pk"))
    told_of = set(queued.filter(member__in=found).values_list("key", flat=True)) if found else set()
    return [one for one in found if membership.approval_key(one) in told_of]

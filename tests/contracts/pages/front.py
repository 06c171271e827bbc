"""States of the team's first page and of approvals, with names that are hard to set."""

from datetime import timedelta

from members import membership
from members.models import ListedAddress
from notifications import outbox
from notifications.models import Message
from team import taking
from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.shapes import LONG_WORD
from tests.make import NOW

SUPPORT = "support"
TEAM, APPROVALS = "/team/", "/team/approvals/"


def many_wait_for_approval(site: Site) -> None:
    for n in range(7):
        make.member(
            f"Florence {LONG_WORD} {n}",
            membership="waiting",
            membership_changed_at=NOW - timedelta(hours=n),
            organisation=LONG_WORD,
            introduction=f"I know {LONG_WORD}. " * 10,
        )
    listed, namesake = make.member("محمد", membership="waiting"), make.member("محمد")
    ListedAddress.objects.create(email=listed.email, name=namesake.name)
    tess, root = site.member(SUPPORT), site.member(ADMIN)
    taking.take("members.member", listed.pk, by=tess, at=NOW)
    taking.take("members.member", make.member("Xena", membership="waiting").pk, by=root, at=NOW)
    outbox.enqueue("membership-approved", at=NOW, key="failed", member=namesake)
    Message.objects.filter(key="failed").update(state="failed")
    for who in (SUPPORT, ADMIN):
        site.look("team:index", "much waits", who, TEAM)
        site.look("team:approvals", "many wait", who, f"{APPROVALS}?all")
    client = site.client(SUPPORT)
    asked = f"{APPROVALS}decline/{listed.pk}/"
    site.look("team:approvals_decline", "asked", SUPPORT, asked)
    site.keep(client.post(asked, {"reason": ""}), "team:approvals_decline", "no reason", SUPPORT, asked)


def somebody_was_just_approved(site: Site) -> None:
    tess = site.member(SUPPORT)
    membership.approve(make.member("Winnie", membership="waiting"), by=tess, at=NOW)
    site.look("team:approvals", "just approved", SUPPORT, APPROVALS)
    site.look("team:index", "a colleague approved", ADMIN, TEAM)
    site.look("admin:index", "a colleague approved", ADMIN, "/admin/")


STATES = (many_wait_for_approval, somebody_was_just_approved)

"""An address that the team corrects, and what became of it."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress

from members import addresses, membership, objections
from members.models import Member
from notifications.models import Message
from tests import letters
from tests.make import NOW

OLD, NEW, NEWER = "ada@wards.example", "ada@home.example", "ada@other.example"
LATER = NOW + timedelta(hours=3)
END = NOW + objections.OBJECT_WITHIN


def corrected(member: Member, sam: Member, email: str = NEW, at: datetime = NOW) -> Member:
    return addresses.correct(member, email, by=sam, at=at)


def code(email: str = OLD) -> str:
    return letters.code_in(Message.objects.filter(email=email, kind="address-replaced").latest("pk"))


def confirm(member: Member) -> None:
    """Somebody types in the code that was sent to the address of now."""
    EmailAddress.objects.filter(user=member).update(verified=True)
    membership.confirmed_address(member, at=LATER)


def address(member: Member) -> tuple[str, bool, bool]:
    """What the account has now, and whether it logs in with it."""
    member.refresh_from_db()
    rows = EmailAddress.objects.filter(user=member).values_list("email", "verified", "primary")
    assert [one[0] for one in rows] == [member.email]
    row: tuple[str, bool, bool] = rows[0]
    return row


def told(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("email", flat=True))

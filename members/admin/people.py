"""What the admin's pages say and ask of people: who acts, and whether emails reach somebody."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.formats import date_format

from members.models import Member
from members.privacy import erasure


def staff(request: HttpRequest) -> Member:
    """Return the member of staff whose request this is."""
    assert isinstance(request.user, Member)  # noqa: S101  # admin_view has let staff in only
    return request.user


def unconfirmed(member: Member) -> str:
    """Say of an address that is not confirmed whether their emails go there."""
    if member.is_vouched_for:
        return "address not confirmed; emails go there, because the team wrote it"
    return "address not confirmed, so no emails go there"


def erasure_of(member: Member) -> str:
    """Say when they are to be erased, or why that could not be done; nothing if nobody asked. One query."""
    asked = erasure.pending(member)
    if asked is None:
        return ""
    due = date_format(asked.due_at, "j F Y")
    if asked.refusal:
        return f"could not be erased: {asked.refusal} It is tried again on {due}"
    return f"to be erased on {due}"


def warn_of_unreached(request: HttpRequest, member: Member) -> None:
    """Say to who has registered or booked for somebody that no email will tell them of it."""
    if not Member.objects.reachable().filter(pk=member.pk).exists():
        words = f"{member} gets no emails about it until they log in and confirm {member.email}. Tell them."
        messages.warning(request, words)

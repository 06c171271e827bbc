"""A code that was mailed is good for the address that the account has when it is typed in.

What allauth keeps in the session is whose account a code opens, and the address it went to. Where the account
has another address by then (the team corrected it, or its owner brought it back), allauth would let the code
in all the same, and give the account the address of the code again. So the member is locked, then looked at:
the code comes first or the change does (``objections``).
"""

from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from members.models import Member


def is_still_theirs(request: HttpRequest, state: dict[str, Any]) -> bool:
    """Lock whose account the code of ``state`` is for; return whether it is still for the address of now.

    Who is logged in and confirms a new address of their own has it not yet: their session must still be good.
    Call it in a transaction.
    """
    if "user_id" not in state:
        return True
    member: Member | None = (
        Member.objects.select_for_update(no_key=True).filter(pk=int(state["user_id"])).first()
    )
    if member is None:  # an account that nobody was in has made way meanwhile
        return False
    if request.user.pk == member.pk:
        kept = str(request.session.get(HASH_SESSION_KEY, ""))
        return bool(constant_time_compare(kept, member.get_session_auth_hash()))
    email: str = member.email
    return email.lower() == str(state["email"]).lower()

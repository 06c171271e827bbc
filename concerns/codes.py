"""Secret codes: whoever reported reads the answer and writes more with theirs, and nobody knows who they are.

A code is made from the form that a concern was sent with, so that pressing twice shows the same one; neither
is stored, only digests of both under the site's key. It has 20 signs of 32: nobody finds one by trying. Wrong
ones are counted all the same, for each beginning of four signs: no address of a network, and no account, is
counted or kept, and whoever tries shuts out none but those who share it.
"""

import secrets
from base64 import b32encode
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db.models import Q

from common import keyed_digests
from members.accounts import limits
from members.accounts.limits import Limit

#: Without what is taken for something else: no I, L, O, U (Crockford's base 32).
SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 20
GROUP: Final = 4
WRONG: Final = Limit("concern-code", 20, timedelta(hours=1))
_MADE: Final = "concerns.code.made"
_CODE: Final = "concerns.code"
_FORM: Final = "concerns.form"
_AS_CROCKFORD: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_TAKEN_FOR: Final = str.maketrans("ILO", "110")


def new_form() -> str:
    """Return what a form carries that no other does: nobody guesses it."""
    return secrets.token_urlsafe(24)


def of_form(form: str) -> str:
    """Return the code of what is sent with a form: "7GQ2-…", five groups of four."""
    digest = bytes.fromhex(keyed_digests.made(_MADE, form))
    signs = b32encode(sha256(digest).digest()).decode().translate(_AS_CROCKFORD)[:LENGTH]
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def digest_of_code(code: str) -> str:
    """Return what is stored of a code."""
    return keyed_digests.made(_CODE, plain(code))


def digest_of_form(form: str) -> str:
    """Return what is stored of a form."""
    return keyed_digests.made(_FORM, form)


def named(code: str) -> Q:
    """Return which concern a code names, also where the site's key has been changed since."""
    told = plain(code)
    return Q(code_digest__in=[keyed_digests.made(_CODE, told), *keyed_digests.of_before(_CODE, told)])


def plain(code: str) -> str:
    """Return a code without what people put between its signs, and with those it is written with."""
    return "".join(one for one in code.upper().translate(_TAKEN_FOR) if one in SIGNS)


def count(code: str, *, at: datetime) -> None:
    """Count a try. Raises ``TooMany`` after so many with this beginning."""
    limits.count([WRONG.of(plain(code)[:GROUP])], at=at)


def was_right(code: str) -> None:
    """Count the last try no longer."""
    limits.give_back([WRONG.of(plain(code)[:GROUP])])

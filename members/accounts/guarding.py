"""What one may try at an account, from where, and how often; nobody is locked out by a stranger.

Wrong passwords are counted for the browser where its owner has logged in there before, else for the network
and then for the address alone, which comes far later (100 a day: NIST SP 800-63B, 3.2.2). The owner is told
by mail, once a day. Emails with codes are counted in the same way, and besides for each network and for all
of them together, so that nobody floods the world through us. Whether there is an account makes no difference.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.accounts.known_browsers import Browser
from members.accounts.limits import Limit, LimitUse, TooMany, count
from members.models import Member
from notifications import outbox

_FIVE, _TEN = timedelta(minutes=5), timedelta(minutes=10)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)

PASSWORD: Final = (Limit("password", 10, _TEN), Limit("password", 50, _DAY))
PASSWORD_FROM_ANYWHERE: Final = Limit("password from anywhere", 100, _DAY)
CODES: Final = (Limit("codes", 5, _FIVE), Limit("codes", 30, _DAY))
CODES_FROM_ANYWHERE: Final = (
    Limit("codes from anywhere", 20, _HOUR),
    Limit("codes from anywhere", 60, _DAY),
)
#: A hospital stands behind one address, and on some mornings all of it logs in.
EMAILS_OF_NETWORK: Final = (Limit("emails of network", 300, _TEN), Limit("emails of network", 1500, _DAY))
EMAILS_OF_ALL: Final = Limit("emails of all", 3000, _TEN)
CODE_TRIES: Final = Limit("tries of a code", 5, timedelta(hours=2))
CHANGES_OF_ADDRESS: Final = Limit("changes of address", 30, _DAY)
#: A code of an app is one of a million, and three are good at a time.
FACTOR_CODES: Final = (Limit("second factor", 10, _TEN), Limit("second factor", 50, _DAY))
#: Those with which an app is set up, counted apart: they are no guesses at what opens the team's pages.
FIRST_CODES: Final = (Limit("codes of a new app", 10, _TEN), Limit("codes of a new app", 50, _DAY))
#: Codes that bring back an address: nobody guesses one, and nobody tries all day.
ADDRESS_CODES: Final = Limit("codes that bring an address back", 30, _TEN)

_NETWORK_WORDS = gettext_lazy(
    "Too many emails were asked for from your network in a short time. Wait ten minutes and try again, "
    "or log in with your password."
)


def in_words(refused: TooMany) -> str:
    """Say what happened and what to do."""
    limit = refused.limit
    if limit in (*EMAILS_OF_NETWORK, EMAILS_OF_ALL):
        return str(_NETWORK_WORDS)
    if limit in (*PASSWORD, PASSWORD_FROM_ANYWHERE):
        words = _("There were too many attempts. Try again %(when)s, or ask for a code by email instead.")
    elif limit in (*FACTOR_CODES, *FIRST_CODES, ADDRESS_CODES):
        words = _("There were too many wrong codes. Try again %(when)s.")
    elif limit == CHANGES_OF_ADDRESS:
        words = _("You have tried many new addresses. You can try again %(when)s.")
    else:
        words = _(
            "We have sent several emails to this address. Look in your junk folder. "
            "You can ask again %(when)s."
        )
    return words % {"when": _when(limit)}


def _when(limit: Limit) -> str:
    known = {
        _FIVE: _("in five minutes"),
        _TEN: _("in ten minutes"),
        _HOUR: _("in an hour"),
        _DAY: _("tomorrow"),
    }
    return known.get(limit.window, _("later"))


def try_password(email: str, *, network: str, browser: Browser, at: datetime) -> list[LimitUse]:
    """Count an attempt at the password of an address; to be given back where the password is right.

    Raises ``TooMany``; the owner of the account, if there is one, is told then.
    """
    email = email.lower()
    if browser.has_logged_in(email):
        uses = [limit.of(email, "browser", browser.name) for limit in PASSWORD]
    else:
        uses = [limit.of(email, "network", network) for limit in PASSWORD]
        uses.append(PASSWORD_FROM_ANYWHERE.of(email))
    try:
        count(uses, at=at)
    except TooMany as refused:
        if refused.is_first:
            _tell_owner(email, at)
        raise
    return uses


def ask_for_code(email: str, *, network: str, browser: Browser, at: datetime) -> None:
    """Count an email with a code to an address, whoever it is. Raises ``TooMany``."""
    email = email.lower()
    if browser.has_logged_in(email):
        uses = [limit.of(email, "browser", browser.name) for limit in CODES]
    else:
        uses = [limit.of(network) for limit in EMAILS_OF_NETWORK]
        uses += [limit.of(email, "network", network) for limit in CODES]
        uses += [limit.of(email) for limit in CODES_FROM_ANYWHERE]
        uses.append(EMAILS_OF_ALL.of())
    count(uses, at=at)


def _tell_owner(email: str, at: datetime) -> None:
    with transaction.atomic():
        member = Member.objects.with_confirmed_address().filter(email=email, is_active=True).first()
        if member:
            outbox.enqueue(
                "log-in-attempts", at=at, key=f"log-in-attempts:{member.pk}:{at.date()}", member=member
            )

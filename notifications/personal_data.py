"""What this app holds of people: the emails that they are owed and were sent."""

import re
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common.personal_data import retention
from common.personal_data.registry import NOBODY, Deleted, Emptied, Person, holds
from common.personal_data.retention import Kept
from notifications import after_restore, kept
from notifications.models import Message, SentLetter

State = Message.State
#: How long the address of a person without account stands with an email that was sent there.
NO_ACCOUNT_RETENTION: Final = timedelta(days=30)
#: A code is of use for so long; it is wiped once its email is sent, or then.
CODE_RETENTION: Final = timedelta(minutes=15)
_ENDED: Final = (State.SENT, State.FAILED, State.SUPERSEDED)


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    holds(
        SentLetter,
        _("What emails said"),
        lambda person: SentLetter.objects.filter(message__in=_messages(person)),
        exported="message__subject text files kept_at",
        unexported={"html": "The same words as the text."},
        words="text",
        erased=Deleted(act=_forget_naming, is_first=True),
    )
    holds(
        Message,
        _("Emails to you"),
        _messages,
        exported="kind subject email language state created_at sent_at",
        unexported={
            "member requested_by resend_of payload": "Numbers of rows.",
            "secret had_secret": "A code, wiped once it is sent.",
            "key message_id debounced bulk send_after not_after attempts": "How the machine sends it.",
            "lease_until last_error requested_at": "How the machine sends it.",
        },
        erased=Emptied(
            _("That an email of a kind was sent, without your address and without its words."),
            fields={"subject": "", "last_error": "", "secret": None, "language": ""},
            by_act="email state lease_until",
            stays={
                "kind member payload had_secret key debounced bulk created_at send_after not_after attempts "
                "message_id sent_at resend_of requested_by requested_at": (
                    "That it was sent once, so that nothing is sent twice: numbers and moments."
                )
            },
            act=_forget_addresses,
        ),
    )
    _retain()


def _retain() -> None:
    retention.keep(
        Kept(
            "codes",
            _("Codes to log in with"),
            _("A code is of no use afterwards. It is wiped as soon as its email is sent."),
            period=CODE_RETENTION,
            forget=forget_codes,
        )
    )
    retention.keep(
        Kept(
            "maybe-sent",
            _("Emails that wait after the site was restored, and what is secret in them"),
            _("So that the team can decide whether they went already. A code goes once it is of no use."),
            period=after_restore.RETENTION,
            forget=after_restore.give_up,
        )
    )
    retention.keep(
        Kept(
            "letters",
            _("The words of emails that we sent you"),
            _("So that the team can see what you got, where something went wrong."),
            period=kept.RETENTION,
            forget=kept.forget,
        )
    )
    retention.keep(
        Kept(
            "no-account",
            _("Emails to people without an account: to where"),
            _("So that one that could not be delivered is noticed."),
            period=NO_ACCOUNT_RETENTION,
            forget=forget_addresses_without_account,
        )
    )
    retention.keep(
        Kept(
            "emails",
            _("That we sent you an email, and when"),
            _("So that nothing is sent twice, and one can be sent again."),
            until=_("as long as you have the account; afterwards without your address"),
        )
    )


def forget_codes(*, at: datetime) -> int:
    """Wipe codes that nobody can use any more, sent or not; return how many."""
    old = Message.objects.exclude(secret=None).filter(not_after__lte=at)
    return old.exclude(state=State.SENDING).update(secret=None)


def forget_addresses_without_account(*, at: datetime) -> int:
    """Erase where emails to people without an account went, and what they said; return how many."""
    old = Message.objects.filter(
        member=None, state__in=_ENDED, created_at__lte=at - NO_ACCOUNT_RETENTION
    ).exclude(email=NOBODY)
    kept.erase(old)
    return old.update(email=NOBODY, subject="", last_error="")


def _forget_naming(person: Person, **_: Any) -> None:
    """Keep no longer what emails to others said that are about them, or have an address of theirs.

    Emails about what is theirs are found by what they are about: the apps that own it erase them
    (``kept.erase_about``). A name is no reason: it may be anybody's, or any two words.
    """
    kept.erase_about("of", [person.id])
    for one in person.held:
        naming = rf"(^|[^\w.+-])({re.escape(one.address)})($|[^\w-])"
        SentLetter.objects.filter(one.within("kept_at"), text__iregex=naming).delete()
        Message.objects.filter(one.within("created_at"), subject__iregex=naming).update(subject="")


def _forget_what_they_wrote(person: Person) -> None:
    """Owe nobody what has an address of theirs in its secret: words that they wrote to others."""
    unsent = Message.objects.filter(state__in=[State.QUEUED, State.MAYBE_SENT]).exclude(secret=None)
    written = [
        message.pk
        for message in unsent.select_for_update(of=("self",)).order_by("pk")
        if any(
            str(one).lower() in person.addresses_at(message.created_at)
            for one in (message.secret or {}).values()
        )
    ]
    Message.objects.filter(pk__in=written).update(state=State.SUPERSEDED, secret=None)


def _messages(person: Person) -> "QuerySet[Message]":
    former = Q(payload__member=person.id)  # what went to an address that was theirs
    return Message.objects.filter(
        Q(member_id=person.id) | Q(person.had("email", "created_at") | former, member=None)
    )


def _forget_addresses(person: Person, **_: Any) -> None:
    """Owe them nothing any longer, and forget where it went."""
    theirs = _messages(person)
    queued = theirs.filter(state=State.QUEUED).select_for_update(of=("self",)).order_by("pk")
    waiting = [message.pk for message in queued]
    Message.objects.filter(pk__in=waiting, sent_again=None, resend_of=None).delete()
    theirs.exclude(state__in=_ENDED).update(state=State.SUPERSEDED, lease_until=None)
    Message.objects.filter(member_id=person.id).exclude(email="").update(email="")
    _forget_what_they_wrote(person)
    # By id: without their address they are found no more.
    without = list(theirs.filter(member=None).values_list("pk", flat=True))
    Message.objects.filter(pk__in=without).update(email=NOBODY, subject="", last_error="", secret=None)

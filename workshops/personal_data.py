"""What this app holds of people: bookings, a calendar's address, what they were told, files."""

from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.admin.pages import UPLOADS_KEPT
from common.personal_data import files, retention
from common.personal_data.registry import NOBODY, Deleted, Emptied, Person, Written, holds, holds_nothing
from common.personal_data.retention import Kept
from workshops.letters import session_words
from workshops.models import (
    AgendaTold,
    Booking,
    CalendarFeed,
    Cancellation,
    OpeningAnnounced,
    OpeningTold,
    PlaceOverride,
    ProgrammeImport,
    ProgrammeUpload,
    SessionWords,
    Workshop,
)

_COUNTED: Final = "That a place was taken: numbers, states and moments."


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    _bookings()
    _told()
    _files()
    retention.keep(
        Kept(
            "programme-uploads",
            _("Spreadsheets of a programme that nobody has imported"),
            _("So that an editor can look at what an import would do."),
            period=UPLOADS_KEPT,
            forget=forget_uploads,
        )
    )
    retention.keep(
        Kept(
            "session-words",
            _("Messages of the team to those who come to a session"),
            _("So that what was sent can be looked at, and a message pressed twice is sent once."),
            period=session_words.RETENTION,
            forget=session_words.forget,
        )
    )


def _bookings() -> None:
    holds(
        PlaceOverride,
        _("Why the team moved you up a waiting list"),
        lambda person: PlaceOverride.objects.filter(booking__member_id=person.id),
        exported="booking__session__title reason at",
        unexported={"by ticket_before": "Who decided; a number of the waiting list."},
        erased=Emptied(
            _("That somebody was moved up, when and by whom."),
            fields={"reason": ""},
            stays={"booking by at ticket_before": "Departures from first come, first served can be checked."},
        ),
        written=Written(
            _("Why you moved somebody up a waiting list"),
            lambda person: PlaceOverride.objects.filter(by_id=person.id),
            ("booking__session__title", "reason", "at"),
            _("It says why the team departed from first come, first served; without your name."),
        ),
    )
    holds(
        Booking,
        _("Your bookings, choices and waiting lists"),
        lambda person: Booking.objects.filter(member_id=person.id),
        exported="session__event__title session__title status during expires_at ended created_at "
        "joined_line_at status_changed_at",
        unexported={
            "registration member ticket first_position is_promised": "You, and how waiting lists are ordered."
        },
        erased=Emptied(
            _("That a place was booked, so that the community can count who came."),
            by_act="status ended expires_at status_changed_at ticket",
            stays={
                "registration member session during first_position joined_line_at is_promised "
                "created_at": _COUNTED
            },
        ),
    )
    holds_nothing(
        Cancellation,
        "session at told_at sequence bookings settled_at",
        "That a session was cancelled: numbers of bookings, for the ten minutes in which it can be undone",
    )
    holds_nothing(
        Workshop, "session during is_open capacity places_open taken held line ticket", "Counters of places"
    )


def _told() -> None:
    holds(
        CalendarFeed,
        _("The address of your calendar"),
        lambda person: CalendarFeed.objects.filter(member_id=person.id),
        exported="made_at",
        unexported={"member nonce digest": "What its secret address is made from."},
        erased=Deleted(),
    )
    holds(
        AgendaTold,
        _("What we last told you of your agenda"),
        lambda person: AgendaTold.objects.filter(registration__member_id=person.id),
        exported="registration__event__title items told_at",
        erased=Deleted(),
    )
    holds(
        SessionWords,
        _("Messages that you wrote for the team to those who come to a session"),
        lambda person: SessionWords.objects.filter(by_id=person.id),
        exported="session__title group subject words at",
        unexported={
            "by submission": "You; a number of the form.",
            "knows_off_at knows_cancelled_at": "What had been called off as you wrote.",
        },
        erased=Emptied(
            _("What the team wrote to those who come, without your name: it may still be on its way."),
            stays={
                "session group subject words submission by at knows_off_at knows_cancelled_at": "It is the "
                "team's; it ends after 90 days."
            },
        ),
    )
    holds_nothing(OpeningTold, "event told_at", "That booking has opened was told")
    holds_nothing(OpeningAnnounced, "event opens_at told_at", "That booking opens was told")


def _files() -> None:
    holds(
        ProgrammeUpload,
        _("Spreadsheets of a programme that you uploaded and that wait"),
        lambda person: ProgrammeUpload.objects.filter(member_id=person.id),
        exported="event__title filename answers created_at",
        unexported={"member content lift_limits publish": "You; your own file, and what it is to do."},
        erased=Deleted(act=_forget_files),
    )
    holds(
        ProgrammeImport,
        _("Programmes that you imported"),
        lambda person: ProgrammeImport.objects.filter(member_id=person.id),
        exported="event__title imported_at filename new changed unchanged understood outcome",
        unexported={"member": "You."},
        words="understood outcome",
        erased=Emptied(
            _("What an import changed in a programme, without who imported it."),
            fields={"filename": "", "member": None},
            by_act="understood outcome",
            stays={"event imported_at new changed unchanged": "What became of the programme."},
            act=_forget_addresses_in_records,
        ),
    )


def forget_uploads(*, at: datetime) -> int:
    """Delete spreadsheets that nobody confirmed; return how many."""
    return ProgrammeUpload.objects.filter(created_at__lte=at - UPLOADS_KEPT).delete()[0]


def _forget_files(person: Person, **_: Any) -> None:
    """Delete what others uploaded and may hold an address of theirs: it waits for a day at most anyway."""
    for upload in ProgrammeUpload.objects.exclude(member_id=person.id):
        if files.may_hold(bytes(upload.content), person.addresses_at(upload.created_at)):
            upload.delete()


def _forget_addresses_in_records(person: Person, **_: Any) -> None:
    """Take their addresses out of what imports said."""
    told = Q(pk__in=[])
    for one in person.held:
        said = Q(understood__icontains=one.address) | Q(outcome__icontains=one.address)
        told |= said & one.within("imported_at")
    for record in ProgrammeImport.objects.filter(told):
        theirs = person.addresses_at(record.imported_at)
        record.understood = files.without(record.understood, theirs, NOBODY)
        record.outcome = files.without(record.outcome, theirs, NOBODY)
        record.save(update_fields=["understood", "outcome"])

"""What this app holds of people: what they marked, who speaks in recordings, and what hosts agreed to."""

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common.personal_data import retention
from common.personal_data.registry import Deleted, Emptied, Person, holds
from common.personal_data.retention import Kept
from events.models import SessionContributor
from events.personal_data import contributors
from recordings import taking_away, transcripts
from recordings.models import Consent, Mark, Recording, Speaker, TakeAway

_OTHERS: Final = "The recording is others' too; the team takes it down or cuts it where you ask."


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    holds(
        Mark,
        _("Recordings that you marked as watched or to watch"),
        lambda person: Mark.objects.filter(member__in=person.ids),
        exported="recording__title watched_at to_watch_at",
        unexported={"member": "You."},
        erased=Deleted(),
    )
    holds(
        Consent,
        _("What you answered, as a host or speaker, when asked whether recordings may be shown"),
        lambda person: Consent.objects.filter(contributor__in=contributors(person)),
        exported="session__title answer asked_at answered_at is_by_team",
        unexported={"contributor": "You."},
        erased=Deleted(),
    )
    holds(
        Speaker,
        _("Recordings whose captions name you as a host or speaker"),
        lambda person: Speaker.objects.filter(contributor__in=contributors(person)),
        exported="recording__title name is_shown",
        unexported={"contributor number": "You, and a number."},
        erased=Emptied(
            _("What you say in recordings, under the name that stands in the programme."),
            fields={"name": ""},
            stays={"recording number contributor is_shown": _OTHERS},
        ),
    )
    holds(
        Recording,
        _("Recordings whose transcript you read as one of the team"),
        lambda person: Recording.objects.filter(read_by__in=person.ids),
        exported="title session__title read_at",
        unexported={
            "about is_of_session kind url file media_type size audio audio_type audio_size": "Not of you.",
            "seconds": "Not of you.",
            "available_from available_until cues has_captions version captions_at words state": "Not of you.",
            "added_at published_at": "Not of you.",
            "read_by": "You.",
        },
        erased=Emptied(
            _("Recordings, without who read their transcript."),
            fields={"read_by": None},
            stays={
                "session title about is_of_session kind url file media_type size audio audio_type audio_size "
                "seconds available_from available_until cues has_captions version captions_at words read_at "
                "state added_at published_at": _OTHERS
            },
        ),
    )
    holds(
        TakeAway,
        _("What was written for everybody to take away of your sessions"),
        _take_aways,
        exported="session__title problem done monday links contact state written_at answer",
        unexported={"host version decided_at decided_by": "You, and when the team decided."},
        erased=Emptied(
            _("What was written to take away of your sessions, without how to reach anybody."),
            fields={"contact": ""},
            by_act="host",
            act=_forget_who_wrote,
            stays={
                "session problem done monday links state version written_at decided_at decided_by answer": (
                    "It is the session's; the team takes it down where you ask."
                )
            },
        ),
    )
    retention.keep(
        Kept(
            "unread-captions",
            _("Captions that nobody of the team has read"),
            _("They name everybody who spoke. Once they are read, only hosts and speakers stay named."),
            period=transcripts.UNREAD,
            forget=transcripts.forget,
        )
    )
    retention.keep(
        Kept(
            "recordings",
            _("Recordings of sessions, their transcripts, and what hosts answered about them"),
            _("So that those who registered can watch them. A host who says no takes them off at once."),
            until=_("until the team deletes them"),
        )
    )
    retention.keep(
        Kept(
            "take-aways",
            _("What to take away of sessions, with the contact that hosts gave"),
            _("So that people can use it. A host takes it down while their pages are open, then the team."),
            until=_(
                "until a host or the team takes it down; the contact until a host of the session is erased"
            ),
        )
    )
    retention.keep(
        Kept(
            "unpublished-take-aways",
            _("What to take away of sessions, where it was not published"),
            _("So that hosts and the team can go on with it. Counted from the last day, or the last change."),
            period=taking_away.RETENTION,
            forget=taking_away.forget,
        )
    )
    retention.keep(
        Kept(
            "marks",
            _("Recordings that you marked as watched or to watch"),
            _("So that you find them again. Nobody but you sees it."),
            until=_("until you take the mark off, or are erased"),
        )
    )


def _take_aways(person: Person) -> "QuerySet[TakeAway]":
    """Return what was written of their sessions: the contact may be theirs, whoever saved it."""
    theirs = SessionContributor.objects.filter(contributor__in=contributors(person)).values("session")
    return TakeAway.objects.filter(Q(host__in=contributors(person)) | Q(session__in=theirs))


def _forget_who_wrote(person: Person, **_: Any) -> None:
    TakeAway.objects.filter(host__in=contributors(person)).update(host=None)

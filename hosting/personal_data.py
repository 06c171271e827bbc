"""What this app holds of people: who was invited as a host, and what they agreed to."""

from django.utils.translation import gettext_lazy as _

from common.personal_data import retention
from common.personal_data.registry import Deleted, Emptied, before_erasing, holds, holds_nothing
from common.personal_data.retention import Kept
from events.personal_data import contributors
from hosting import deputies, files, need_stops, own_needs, words, writing
from hosting.models import (
    Agreement,
    Deputy,
    HostNeed,
    HostNeedToStop,
    HostWords,
    Invitation,
    Rewording,
    SessionFile,
    SessionLink,
    Withdrawal,
)
from workshops.letters import session_words


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    before_erasing(need_stops.leave_of_erased)
    holds(
        Invitation,
        _("Events to whose hosts’ pages you were invited"),
        lambda person: Invitation.objects.filter(contributor__in=contributors(person)),
        exported="event__title invited_at",
        unexported={"contributor by": "You, and who of the team invited you."},
        erased=Deleted(),
    )
    holds(
        Agreement,
        _("What you agreed to as a host"),
        lambda person: Agreement.objects.filter(contributor__in=contributors(person)),
        exported="event__title words agreed_at",
        unexported={"contributor agreed_as": "You: your account or your address."},
        erased=Deleted(),
    )
    holds(
        HostWords,
        _("Messages that you wrote as a host"),
        lambda person: HostWords.objects.filter(host__in=contributors(person)),
        exported="session__title subject words at",
        unexported={"host submission number": "You; numbers of the form and of the message."},
        erased=Deleted(),
    )
    holds(
        Deputy,
        _("Where you are the deputy of a host"),
        lambda person: Deputy.objects.filter(contributor__in=contributors(person)),
        exported="of__session__title name named_at",
        unexported={"contributor is_record_new": "You; whether your record was made for it."},
        erased=Deleted(),
    )
    holds(
        Rewording,
        _("Words that you wrote for your sessions as a host"),
        lambda person: Rewording.objects.filter(host__in=contributors(person)),
        exported="session__title summary description ground_rules written_at",
        unexported={
            "host state version decided_at decided_by": "You, and what the team decided.",
            "summary_before description_before ground_rules_before": "What the session said before.",
        },
        erased=Deleted(),
    )
    holds(
        HostNeed,
        _("What you need to host"),
        lambda person: HostNeed.objects.current().filter(contributor__in=contributors(person)),
        exported="event__title kind words told_at arranged_at",
        unexported={"contributor told_as arranged_by rearranged_at": "You; who arranged it, and when anew."},
        erased=Deleted(),
    )
    holds(
        HostNeedToStop,
        _("What was arranged for you as a host and is being stopped"),
        lambda person: HostNeedToStop.objects.filter(contributor__in=contributors(person)),
        exported="event__title kind withdrawn_at",
        unexported={"contributor owner": "You, and who of the team arranged it."},
        erased=Emptied(
            _("That something was arranged that no host needs any more, until the team has stopped it."),
            fields={"contributor": None},
            stays={"event kind withdrawn_at owner": "What is to be stopped, and who arranged it."},
        ),
    )
    holds_nothing(SessionLink, "session title url by at", "What hosts want people to read beforehand")
    holds(
        SessionFile,
        _("Files that you gave as a host to those who come to a session"),
        lambda person: SessionFile.objects.filter(by__in=contributors(person)),
        exported="session__title title about kind size at",
        unexported={"by": "You.", "content digest": "The file, which you have; a number of its bytes."},
        erased=Deleted(),
    )
    holds(
        Withdrawal,
        _("Sessions that you withdrew from as a host"),
        lambda person: Withdrawal.objects.filter(contributor__in=contributors(person)),
        exported="session__title at",
        unexported={"contributor noted_at": "You; when the team knew of it."},
        erased=Deleted(),
    )
    retention.keep(
        Kept(
            "deputies",
            _("Name and address of whom a host named as their deputy"),
            _("So that somebody hosts if the host cannot. Counted from the event’s last day."),
            period=deputies.RETENTION,
            forget=deputies.forget,
        )
    )
    retention.keep(
        Kept(
            "host-files",
            _("Files that hosts or the team give to those who come to a session"),
            _("So that people can read them again. Counted from the event’s last day."),
            period=files.RETENTION,
            forget=files.forget,
        )
    )
    retention.keep(
        Kept(
            "host-words",
            _("Messages of hosts to those who come to a session"),
            _("So that the team can see what was sent, and a message pressed twice is sent once."),
            period=session_words.RETENTION,
            forget=writing.forget,
        )
    )
    retention.keep(
        Kept(
            "host-needs",
            _("What hosts need to host"),
            _("To arrange it. It can say something about your health. Counted from the event’s last day."),
            period=own_needs.RETENTION,
            forget=own_needs.forget,
        )
    )
    retention.keep(
        Kept(
            "rewordings",
            _("Words that hosts wrote for their sessions"),
            _("So that the team can see what changed and put it back. Counted from the event’s last day."),
            period=words.RETENTION,
            forget=words.forget,
        )
    )
    retention.keep(
        Kept(
            "hosts",
            _("That you were invited as a host, and what you agreed to"),
            _("So that it is known who could read about people who came, and on which words."),
            until=_("as long as the programme says that you hosted a session, or until you are erased"),
        )
    )

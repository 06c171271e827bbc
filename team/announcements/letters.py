"""The email of an announcement: rendered for each person at the moment of delivery.

Nothing is rendered to who can no longer be reached, to who has turned announcements off since, once it was
stopped, or of an event that was called off since it went out. What is no service has the way to stop it in
its head (RFC 8058) and at its end.
"""

from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog import body
from events import emails
from events.models import Contributor
from members import email_choices
from members.email_choices import Choice
from members.letters import compose
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter
from team.announcements import calling_off, placeholders
from team.announcements.audiences import CHOICE
from team.announcements.plain_words import as_text
from team.models import Announcement

KIND: Final = "announcement"
TEST: Final = "announcement-test"
Audience = Announcement.Audience
#: Audiences of who has one membership → which: it is asked once more when the email goes.
OF_MEMBERSHIP: Final[dict[str, str]] = {
    Audience.MEMBERS: Member.Membership.ACTIVE,
    Audience.NOT_REGISTERED: Member.Membership.ACTIVE,
    Audience.UNDECIDED: Member.Membership.WAITING,
}


def register() -> None:
    """Tell the outbox who renders them, and people that they may do without; for ``AppConfig.ready``."""
    outbox.register(KIND, render, is_bulk=True)
    outbox.register(TEST, render_test)
    email_choices.register(
        Choice(
            CHOICE,
            gettext_lazy("Announcements"),
            gettext_lazy("What our team tells many at once: news of events and of the community."),
        )
    )


def render(message: Message) -> Letter | None:
    """Render it to one of its audience, unless it is theirs no more."""
    told, person = _announcement(message), emails.recipient(message)
    if told is None or person is None or told.state == Announcement.State.STOPPED:
        return None
    if calling_off.was_called_off_since(told):
        return None  # what it says is no longer so; owed again if the event is brought back
    if isinstance(person, Member) and not told.is_service and not email_choices.wants(person, CHOICE):
        return None
    if isinstance(person, Member) and person.membership != OF_MEMBERSHIP.get(
        told.audience, person.membership
    ):
        return None
    return None if _has_it(told, message) else letter(told, person)


def render_test(message: Message) -> Letter | None:
    """Render it to whoever of the team tests it, marked as a test."""
    told, person = _announcement(message), emails.recipient(message)
    if told is None or person is None:
        return None
    return letter(told, person, TEST)


def sample(told: Announcement, person: Member | Contributor) -> Letter:
    """Return the email as this person would get it, but for the link that would stop theirs."""
    return letter(told, person, stop_url=settings.SITE_URL + reverse("members:emails"))


def letter(
    told: Announcement, person: Member | Contributor, name: str = KIND, *, stop_url: str = ""
) -> Letter:
    """Return the email as this person gets it, by the templates of that name."""
    words = placeholders.in_html(body.absolute(told.words, f"{settings.SITE_URL}/"), told, person)
    if told.is_service or not isinstance(person, Member):
        stop_url = ""
    elif not stop_url:
        stop_url = email_choices.stop_url(person, CHOICE)
    written = compose(
        name,
        to=person if isinstance(person, Member) else person.email,
        context={
            "event": told.event,
            "subject_of_it": placeholders.in_subject(told.subject, told, person),
            "words": mark_safe(words),  # noqa: S308  # cleaned when it was saved
            "text": as_text(words),
        },
        reason=because(told),
        unsubscribe_url=stop_url,
    )
    host = urlsplit(settings.SITE_URL).hostname
    many = {"List-Id": f"<announcements.{host}>", "Precedence": "bulk"}
    return replace(written, headers={**written.headers, **many})


def because(told: Announcement) -> str:
    """Say in the footer why it came."""
    event = told.event
    if told.audience == Audience.UNDECIDED:
        return _("You get this email because you have asked to become a member.")
    if event is None or told.audience in (Audience.MEMBERS, Audience.NOT_REGISTERED):
        return _("You get this email because you are a member of our community.")
    if told.audience == Audience.HOSTS:
        return emails.because_hosting(event)
    return emails.because_registered(event)


def _has_it(told: Announcement, message: Message) -> bool:
    """Whether an email before this one tells them: two accounts of theirs were brought together."""
    if message.member_id is None or message.resend_of_id is not None:
        return False
    same = Message.objects.filter(kind=KIND, member=message.member_id, key__startswith=f"{KIND}:{told.pk}:")
    tells = [Message.State.QUEUED, Message.State.SENDING, Message.State.SENT, Message.State.MAYBE_SENT]
    return same.filter(pk__lt=message.pk, state__in=tells).exists()


def _announcement(message: Message) -> Announcement | None:
    every = Announcement.objects.select_related("event")
    return every.filter(pk=message.payload.get("announcement")).first()

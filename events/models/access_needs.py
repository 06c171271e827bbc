"""What people need to take part, by the NHS Accessible Information Standard (DCB1605): each need is a case.

It is identified and recorded when they register, flagged to the team and shared with hosts as they agreed,
and met or not: new, arranged, confirmed to the member, or "we cannot; instead …".
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Greatest, Least
from django.utils.translation import gettext_lazy

from events.models.event import Event
from events.models.registration import Registration

MAX_WORDS_CHARS: Final = 2000
#: They are answered so many days after asking, and before the event; who asks late, within the last.
ANSWERED_WITHIN: Final = 10
ANSWERED_BEFORE: Final = 7
ANSWERED_AT_LEAST_WITHIN: Final = 3

#: How long after the event's last day hosts know what they may.
HOSTS_SEE: Final = timedelta(days=14)


class Kind(models.TextChoices):
    """The needs that can be ticked, in the order of the form, and the one in own words."""

    CAPTIONS = "captions", gettext_lazy("Live captions")
    SIGN_LANGUAGE = "sign-language", gettext_lazy("British Sign Language (BSL) interpreter")
    SLIDES = "slides", gettext_lazy("Slides before the session")
    SCREEN_READER = "screen-reader", gettext_lazy("Documents that work with a screen reader")
    CAMERA = "camera", gettext_lazy("Camera and microphone off")
    BREAKS = "breaks", gettext_lazy("Breaks in long sessions")
    STEP_FREE = "step-free", gettext_lazy("Step-free room")
    HEARING_LOOP = "hearing-loop", gettext_lazy("Hearing loop")
    OTHER = "other", gettext_lazy("In their own words")


#: Needs for which people are hired, so that they are asked for by a date.
HIRED: Final = (Kind.CAPTIONS, Kind.SIGN_LANGUAGE)
#: Needs of who comes to a room.
IN_A_ROOM: Final = (Kind.STEP_FREE, Kind.HEARING_LOOP)
#: A need → the fact of a session that meets it.
MET_BY: Final[Mapping[str, str]] = {
    Kind.CAPTIONS: "has_captions",
    Kind.SIGN_LANGUAGE: "has_sign_language",
    Kind.SLIDES: "has_slides_ahead",
    Kind.CAMERA: "is_camera_optional",
    Kind.STEP_FREE: "is_step_free",
}


def kinds_for(event: Event) -> list[Kind]:
    """Return what can be ticked: in an online event nobody comes to a room."""
    away = IN_A_ROOM if event.place == Event.Place.ONLINE else ()
    return [kind for kind in Kind if kind != Kind.OTHER and kind not in away]


class AccessNeeds(models.Model):
    """That a registered person told what they need; each need is one of ``cases``."""

    registration = models.OneToOneField(
        Registration, primary_key=True, on_delete=models.CASCADE, related_name="access_needs"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "access needs"

    def __str__(self) -> str:
        return f"Access needs of {self.registration_id}"

    @property
    def needs(self) -> str:
        """All of ``cases`` in words, one a line. No query where they were prefetched."""
        return "\n".join(one.in_words for one in self.cases.all())

    @property
    def is_shared_with_hosts(self) -> bool:
        """Whether hosts may know all of ``cases``."""
        return all(one.is_shared_with_hosts for one in self.cases.all())


def answer_by(asked: Any, first_day: Any, days: Callable[[int], Any], least: Any, most: Any) -> Any:
    """Return by which day somebody is answered: of days as of columns, with their ``least`` and ``most``."""
    in_time = least(asked + days(ANSWERED_WITHIN), first_day - days(ANSWERED_BEFORE))
    return least(most(in_time, asked + days(ANSWERED_AT_LEAST_WITHIN)), most(first_day, asked))


class AccessNeedQuerySet(models.QuerySet["AccessNeed"]):
    """Adjectives for needs."""

    def ahead(self, today: date) -> "AccessNeedQuerySet":
        """Those of people who come, or may yet, to events that take place and are not over on ``today``."""
        events = Event.objects.upcoming(today).order_by().values("pk")
        waits = Q(told__registration__status__in=("confirmed", "waiting"))
        waits |= Q(told__registration__status="received", told__registration__member__membership="waiting")
        return self.filter(waits, told__registration__event__in=events)

    def for_hosts(self, at: datetime) -> "AccessNeedQuerySet":
        """Those that hosts may know, of who comes, until ``HOSTS_SEE`` after the event's last day."""
        since = (at - HOSTS_SEE - timedelta(days=1)).date()  # that day, wherever the event is
        return self.filter(
            is_shared_with_hosts=True,
            told__registration__status=Registration.Status.CONFIRMED,
            told__registration__event__last_day__gte=since,
        )

    def open(self) -> "AccessNeedQuerySet":
        """Those that are neither confirmed nor declined."""
        return self.filter(state__in=AccessNeed.OPEN)

    def unanswered(self, today: date) -> "AccessNeedQuerySet":
        """Those ahead of which the member waits for an answer."""
        return self.ahead(today).open()

    def late(self, at: datetime) -> "AccessNeedQuerySet":
        """Those that are not answered in time; who asked late is another matter, and tells what they need."""
        zone = F("told__registration__event__time_zone")
        asked, today = (
            _day(Func(zone, moment, function="timezone")) for moment in (F("asked_at"), Value(at))
        )
        due = answer_by(
            asked, F("told__registration__event__first_day"), lambda days: Value(days), _least, _greatest
        )
        return self.open().alias(due=due, today=today).filter(due__lt=F("today"))

    def with_people(self) -> "AccessNeedQuerySet":
        """Read with registration, event and member, in one query."""
        return self.select_related("told__registration__event", "told__registration__member", "owner")


def _day(expression: Any) -> Any:
    return Cast(expression, models.DateField())


def _least(*days: Any) -> Any:
    return Least(*map(_day, days))


def _greatest(*days: Any) -> Any:
    return Greatest(*map(_day, days))


class AccessNeed(models.Model):
    """One need of somebody who is registered, and what becomes of it."""

    class State(models.TextChoices):
        NEW = "new", gettext_lazy("New")
        ARRANGED = "arranged", gettext_lazy("Arranged")
        CONFIRMED = "confirmed", gettext_lazy("Confirmed")
        CANNOT = "cannot", gettext_lazy("We cannot")

    #: States in which the member waits for an answer, and those that are one.
    OPEN = (State.NEW, State.ARRANGED)
    ANSWERED = (State.CONFIRMED, State.CANNOT)

    told = models.ForeignKey(AccessNeeds, on_delete=models.CASCADE, related_name="cases")
    kind = models.CharField("need", max_length=20, choices=Kind)
    words = models.TextField("in their own words", max_length=MAX_WORDS_CHARS, blank=True)
    is_shared_with_hosts = models.BooleanField("hosts of their sessions may know", default=False)
    asked_at = models.DateTimeField("asked")
    #: Whether people have to be hired for it, and the event's ask-by date was over.
    was_asked_late = models.BooleanField("asked late", default=False, db_default=False)
    state = models.CharField("state", max_length=10, choices=State, default=State.NEW)
    state_changed_at = models.DateTimeField("last changed")
    #: Who of the team acted on it last.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    instead = models.TextField("what we do instead", max_length=MAX_WORDS_CHARS, blank=True)
    #: When the member was emailed the answer that stands.
    answer_sent_at = models.DateTimeField("answer emailed", null=True, blank=True)
    was_met = models.BooleanField("they got it", null=True, blank=True)
    #: When it was changed after it had been arranged, until it is answered anew.
    rearranged_at = models.DateTimeField("changed after it was arranged", null=True, blank=True)
    #: Raised by every change but of who may know, so that whoever answers has seen what they answer.
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = AccessNeedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["told", "kind"], name="a_need_is_told_once"),
            models.CheckConstraint(
                condition=(Q(kind="other") & ~Q(words="")) | (~Q(kind="other") & Q(words="")),
                name="own_words_are_of_no_other_kind",
            ),
            models.CheckConstraint(
                condition=(Q(state="cannot") & ~Q(instead="")) | (~Q(state="cannot") & Q(instead="")),
                name="who_cannot_says_what_instead",
            ),
            models.CheckConstraint(
                condition=Q(was_met__isnull=True) | Q(state="confirmed"),
                name="only_what_was_confirmed_was_met",
            ),
            models.CheckConstraint(
                condition=Q(state_changed_at__gte=F("asked_at")), name="a_need_is_answered_after_it_is_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"Access need {self.pk}"

    @property
    def member_id(self) -> int:
        """Whose it is, for the trail."""
        return self.told.registration.member_id

    @property
    def in_words(self) -> str:
        """What they need, in the words of the form or in their own."""
        return self.words or str(self.get_kind_display())

    @property
    def is_open(self) -> bool:
        """Whether they wait for an answer."""
        return self.state in self.OPEN

    @property
    def was_arranged(self) -> bool:
        """Whether something was arranged, or promised in its place, that has to be stopped if they go."""
        return self.state != self.State.NEW or self.rearranged_at is not None

    @property
    def event(self) -> Event:
        """The event for which it was told."""
        return self.told.registration.event

    @property
    def answer_by(self) -> date:
        """The day by which they are to be answered, in time to decide whether to come."""
        asked = self.asked_at.astimezone(self.event.zone).date()
        found: date = answer_by(asked, self.event.first_day, lambda days: timedelta(days), min, max)
        return found

    def is_overdue(self, at: datetime) -> bool:
        """Whether they still wait after ``answer_by``, in the event's zone."""
        return self.is_open and at.astimezone(self.event.zone).date() > self.answer_by


class KeptNeed(models.Model):
    """A need that a member keeps for their next registration: nobody else ever reads it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_needs")
    kind = models.CharField("need", max_length=20, choices=Kind)
    words = models.TextField("in their own words", max_length=MAX_WORDS_CHARS, blank=True)
    is_shared_with_hosts = models.BooleanField("hosts of their sessions may know", default=False)
    kept_at = models.DateTimeField("kept since")

    class Meta:
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["member", "kind"], name="a_need_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"Kept need {self.pk}"


class NeedCount(models.Model):
    """What stays of the needs of an event that is over: numbers."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="need_counts")
    kind = models.CharField("need", max_length=20, choices=Kind)
    asked = models.PositiveIntegerField(default=0)
    confirmed = models.PositiveIntegerField(default=0)
    #: Of what was confirmed, and what we could not do.
    in_time = models.PositiveIntegerField(default=0, db_default=0)
    cannot = models.PositiveIntegerField(default=0, db_default=0)
    met = models.PositiveIntegerField(default=0)
    not_met = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["event", "kind"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["event", "kind"], name="needs_are_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.asked}"

"""Recordings of sessions, who speaks in them, whether hosts agreed, and what members marked."""

from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from events import search_words
from events.models import Contributor, Event, Session, SessionContributor
from events.models.fields import HttpsURLField
from recordings.models_takeaways import TakeAway

__all__ = [
    "LONGEST",
    "Consent",
    "Cue",
    "Mark",
    "Recording",
    "Speaker",
    "TakeAway",
    "kept_in",
]

#: Seconds: nothing that is watched is longer than a day.
LONGEST: Final = 24 * 60 * 60


def kept_in() -> Storage:
    """Return where the files lie: a folder that nothing serves but a page that asks who it is."""
    return storages["recordings"]


class Consent(models.Model):
    """What a host or speaker of a session answered when asked whether its recordings may be shown."""

    class Answer(models.TextChoices):
        ASKED = "asked", gettext_lazy("Asked")
        AGREED = "agreed", gettext_lazy("Agreed")
        DECLINED = "declined", gettext_lazy("Declined")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="consents")
    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="consents")
    answer = models.CharField("answer", max_length=8, choices=Answer, default=Answer.ASKED)
    asked_at = models.DateTimeField("asked")
    answered_at = models.DateTimeField("answered", null=True)
    #: Told to the team, who wrote it down for them.
    is_by_team = models.BooleanField("noted by the team", default=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["session", "contributor"], name="a_host_answers_once_for_a_session"
            ),
            models.CheckConstraint(
                condition=Q(answer="asked", answered_at=None)
                | (Q(answered_at__isnull=False) & ~Q(answer="asked")),
                name="an_answer_of_a_host_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}: contributor {self.contributor_id}, session {self.session_id}"


class RecordingQuerySet(models.QuerySet["Recording"]):
    """Adjectives for recordings."""

    def shown(self, at: datetime) -> "RecordingQuerySet":
        """Those that may be watched at a moment, by who may: asked anew each time, whatever was so before.

        One whose session is cancelled, turns out not to be recorded, or has a host who has not agreed (any
        more) is not among them; nor is one in which somebody speaks who declined and has left the session.
        """
        agreed = Consent.objects.filter(
            session=OuterRef("session"), contributor=OuterRef("contributor"), answer=Consent.Answer.AGREED
        )
        declined = Consent.objects.filter(session=OuterRef("session"), answer=Consent.Answer.DECLINED)
        silent = SessionContributor.objects.filter(~Exists(agreed), session=OuterRef("session"))
        return (
            self.filter(
                Q(is_of_session=False) | Q(session__is_recorded=True),
                Q(available_from=None) | Q(available_from__lte=at),
                Q(available_until=None) | Q(available_until__gt=at),
                ~Exists(silent),
                ~Exists(declined),
                state=Recording.State.PUBLISHED,
                session__status=Session.Status.PUBLISHED,
            )
            .exclude(session__event__status__in=(Event.Status.DRAFT, Event.Status.CANCELLED))
            .order_by("session__starts_at", "title", "pk")
        )


class Recording(models.Model):
    """A video or a sound of a session, or one made about it: a file of ours, a link, or only what is said.

    Its captions are ``cues``, ``words`` all that is said in them: for searching, once the team has read it.
    """

    class Kind(models.TextChoices):
        VIDEO = "video", gettext_lazy("Video")
        AUDIO = "audio", gettext_lazy("Audio")
        LINK = "link", gettext_lazy("Link")
        #: What was said, where nothing was recorded, or it was not kept.
        TEXT = "text", gettext_lazy("Transcript")

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="recordings")
    title = models.CharField("title", max_length=250)
    about = models.CharField("what it is about", max_length=400, blank=True)
    is_of_session = models.BooleanField("recorded in the session itself", default=True)
    kind = models.CharField("kind", max_length=5, choices=Kind)
    url = HttpsURLField("link", max_length=500, blank=True)
    file = models.FileField("file", storage=kept_in, max_length=200, blank=True)
    media_type = models.CharField("type", max_length=40, blank=True)
    size = models.PositiveBigIntegerField("bytes", null=True)
    #: The same for listening only.
    audio = models.FileField("audio only", storage=kept_in, max_length=200, blank=True)
    audio_type = models.CharField("type of the audio", max_length=40, blank=True)
    audio_size = models.PositiveBigIntegerField("bytes of the audio", null=True)
    seconds = models.PositiveIntegerField("length in seconds")
    available_from = models.DateTimeField("available from", null=True)
    available_until = models.DateTimeField("available until", null=True)
    #: Each ``{"at", "until"}`` in milliseconds (null in a transcript without times), ``"by"`` the number of
    #: the speaker (null: nobody is named) and ``"text"``.
    cues = models.JSONField("captions", default=list)
    has_captions = models.BooleanField("has captions: its transcript has times", default=False)
    #: Raised by each change of the captions and of whose words are shown.
    version = models.PositiveIntegerField(default=0)
    captions_at = models.DateTimeField("captions given", null=True)
    words = models.TextField("what is said", blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    read_at = models.DateTimeField("transcript read by the team", null=True)
    state = models.CharField("state", max_length=9, choices=State, default=State.DRAFT)
    added_at = models.DateTimeField("added")
    published_at = models.DateTimeField("published", null=True)
    search = search_words.searched("title", "about", "words")

    objects = RecordingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["session", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="link", url__startswith="https://", file="", size=None))
                | Q(kind="text", url="", file="", size=None)
                | (Q(kind__in=("video", "audio"), url="", size__gte=1) & ~Q(file="") & ~Q(media_type="")),
                name="a_recording_is_a_file_a_link_or_a_text",
            ),
            models.CheckConstraint(
                condition=Q(audio="", audio_size=None)
                | (Q(kind="video", audio_size__gte=1) & ~Q(audio="") & ~Q(audio_type="")),
                name="audio_only_stands_beside_a_video",
            ),
            models.CheckConstraint(
                condition=Q(seconds__gte=1, seconds__lte=LONGEST), name="a_recording_has_its_length"
            ),
            models.CheckConstraint(
                condition=Q(available_from=None)
                | Q(available_until=None)
                | Q(available_until__gt=F("available_from")),
                name="a_recording_is_available_until_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None)
                | Q(state="published", published_at__isnull=False, read_at__isnull=False),
                name="nothing_is_published_before_its_transcript_is_read",
            ),
            models.CheckConstraint(
                condition=Q(words="") | Q(read_at__isnull=False), name="words_that_nobody_read_are_not_found"
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="recording_search", fastupdate=False)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("recordings:recording", args=[self.session.event.slug, self.pk])

    @property
    def is_link(self) -> bool:
        """Whether it is watched at another site."""
        return self.kind == self.Kind.LINK

    @property
    def is_file(self) -> bool:
        """Whether it is a video or audio file of ours."""
        return self.kind in (self.Kind.VIDEO, self.Kind.AUDIO)

    @property
    def host(self) -> str:
        """The other site, by its name; empty where it is a file of ours."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_published(self) -> bool:
        """Whether the team has published it."""
        return self.state == self.State.PUBLISHED


class Speaker(models.Model):
    """Somebody whose voice the captions name: a host or speaker of the session, or anybody who took part.

    What hosts say is shown. Of all others nothing is, until the team says so; never their name, which goes
    once the transcript has been read.
    """

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="speakers")
    number = models.PositiveSmallIntegerField()
    name = models.CharField("as the captions name them", max_length=200, blank=True)
    contributor = models.ForeignKey(Contributor, null=True, on_delete=models.SET_NULL, related_name="+")
    is_shown = models.BooleanField("what they say is shown", default=False)

    class Meta:
        default_permissions = ()
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "number"], name="a_speaker_has_one_number"),
        ]

    def __str__(self) -> str:
        return f"Speaker {self.number} of recording {self.recording_id}"


class Mark(models.Model):
    """What a member marked for themselves: that they watched it, or want to. Nobody else sees it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="marks")
    watched_at = models.DateTimeField("watched", null=True)
    to_watch_at = models.DateTimeField("added to my agenda", null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["member", "recording"], name="a_recording_is_marked_once"),
            models.CheckConstraint(
                condition=Q(watched_at__isnull=False) | Q(to_watch_at__isnull=False),
                name="a_mark_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"Mark of member {self.member_id} on recording {self.recording_id}"


#: Of one cue, as it is kept.
Cue = dict[str, Any]

"""What hosts themselves need to host: told with their consent, read by few, and forgotten after the event."""

from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy

from events.models import Contributor, Event, SessionContributor

MAX_WORDS_CHARS: Final = 2000


class HostKind(models.TextChoices):
    """What can be ticked, in the order of the form, and the one in own words."""

    SIGN_LANGUAGE = "sign-language", gettext_lazy("British Sign Language (BSL) interpreter")
    CAPTIONS = "captions", gettext_lazy("Live captions")
    REHEARSAL = "rehearsal", gettext_lazy("A rehearsal beforehand")
    TOOL = "tool", gettext_lazy("Somebody beside me for the tool: chat, groups, sharing")
    SLIDES = "slides", gettext_lazy("Help with slides that everybody can read")
    BREAKS = "breaks", gettext_lazy("Breaks, or somebody who takes over")
    STEP_FREE = "step-free", gettext_lazy("Step-free way to the front of the room")
    HEARING_LOOP = "hearing-loop", gettext_lazy("Hearing loop")
    OTHER = "other", gettext_lazy("In their own words")


class HostNeedQuerySet(models.QuerySet["HostNeed"]):
    """Adjectives for what hosts need."""

    def still_theirs(self) -> "HostNeedQuerySet":
        """Those of whose record is still that of who told them.

        A record can be given another address or account: whoever is behind it then has told nothing.
        """
        account = Concat(Value("account "), Cast("contributor__member", models.CharField()))
        confirmed = EmailAddress.objects.filter(
            user=OuterRef("contributor__member"), verified=True, email__lower=OuterRef("told_as")
        )
        by_address = Q(contributor__member=None, contributor__email__lower=F("told_as"))
        return self.filter(Q(told_as=account) | by_address | Exists(confirmed))

    def current(self) -> "HostNeedQuerySet":
        """Those of who is still who told them, and still hosts in the event or stands in there."""
        hosts = SessionContributor.objects.filter(
            session__event=OuterRef("event"), part=SessionContributor.Part.HOST
        )
        is_host = Exists(hosts.filter(contributor=OuterRef("contributor")))
        stands_in = Exists(hosts.filter(deputy__contributor=OuterRef("contributor")))
        return self.still_theirs().filter(is_host | stands_in)


class HostNeed(models.Model):
    """One need of a host of an event; telling it is the consent to keep it until 30 days after the event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="host_needs")
    kind = models.CharField("need", max_length=20, choices=HostKind)
    words = models.TextField("in their own words", max_length=MAX_WORDS_CHARS, blank=True)
    #: As who it was told: ``access.identity`` of that moment.
    told_as = models.CharField(max_length=300, default="", db_default="")
    #: When it was told, as it is.
    told_at = models.DateTimeField("told")
    arranged_at = models.DateTimeField("arranged", null=True)
    arranged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: When it was told otherwise, or again, after it had been arranged.
    rearranged_at = models.DateTimeField("changed after it was arranged", null=True)

    objects = HostNeedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "contributor", "kind"], name="a_need_of_a_host_is_told_once"
            ),
            models.CheckConstraint(
                condition=(Q(kind="other") & ~Q(words="")) | (~Q(kind="other") & Q(words="")),
                name="own_words_of_a_host_are_of_no_other_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"Need {self.pk} of a host"

    @property
    def in_words(self) -> str:
        """What they need, in the words of the form or in their own."""
        return self.words or str(self.get_kind_display())

    @property
    def seen(self) -> str:
        """What names it as it is: told anew it is another."""
        return self.told_at.isoformat()


class HostNeedToStop(models.Model):
    """That something was arranged for a host who needs it no more, until the team has stopped it.

    No words of theirs stay. Of who was erased only that there was something stays.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    contributor = models.ForeignKey(
        Contributor, null=True, on_delete=models.SET_NULL, related_name="host_needs_to_stop"
    )
    kind = models.CharField("need", max_length=20, choices=HostKind)
    withdrawn_at = models.DateTimeField("withdrawn")
    #: Who of the team arranged it, and so knows with whom.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        default_permissions = ()
        ordering = ["withdrawn_at", "id"]
        verbose_name_plural = "host needs to stop"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "contributor", "kind"], name="a_need_of_a_host_is_stopped_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Arranged for no host any more: {self.kind}"

"""What hosts themselves need to host: told with their consent, read by few, and forgotten after the event."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from events.models import Contributor, Event

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


class HostNeed(models.Model):
    """One need of a host of an event; telling it is the consent to keep it until 30 days after the event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    contributor = models.ForeignKey(Contributor, on_delete=models.CASCADE, related_name="host_needs")
    kind = models.CharField("need", max_length=20, choices=HostKind)
    words = models.TextField("in their own words", max_length=MAX_WORDS_CHARS, blank=True)
    #: When it was told, as it is.
    told_at = models.DateTimeField("told")
    arranged_at = models.DateTimeField("arranged", null=True)
    arranged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

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

"""What to take away of a session, written by its hosts or the team: what waits, and what is published."""

from html import unescape
from typing import Final, NamedTuple

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from blog.body import WORDS_A_MINUTE
from common.markdown import to_html
from events import search_words
from events.models import Contributor, Event, Session

#: What is written, in the order of its page.
TEXTS: Final = ("problem", "done", "monday", "links", "contact")
#: Characters of one text: more than all words that are allowed have.
MAX_CHARS: Final = 12_000


def words_in(text: str) -> int:
    """Return how many words there are; a sign alone, as before a line of a list, is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


class Link(NamedTuple):
    """A file or a page elsewhere: what it is, and its address."""

    title: str
    url: str


class TakeAwayQuerySet(models.QuerySet["TakeAway"]):
    """Adjectives for take-aways."""

    def shown(self) -> "TakeAwayQuerySet":
        """Those that everybody reads: asked anew each time, so that none outlives its session."""
        return self.filter(
            state=TakeAway.State.PUBLISHED,
            session__status=Session.Status.PUBLISHED,
        ).exclude(session__event__status__in=(Event.Status.DRAFT, Event.Status.CANCELLED))


class TakeAway(models.Model):
    """What somebody takes away of a session who reads for four minutes.

    What is published stays as it is; what is to take its place is another row until the team has read it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Waiting for the team")
        PUBLISHED = "published", gettext_lazy("Published")
        LEFT = "left", gettext_lazy("Not published")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="take_aways")
    problem = models.TextField("the problem", max_length=MAX_CHARS)
    done = models.TextField("what they did", max_length=MAX_CHARS)
    monday = models.TextField("what to use on Monday", max_length=MAX_CHARS)
    #: One on each line: what it is, a space, its address.
    links = models.TextField("files and links", max_length=MAX_CHARS, blank=True)
    contact = models.CharField("contact", max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    #: Raised by each save: the team decides of what it saw.
    version = models.PositiveIntegerField(default=0)
    #: The host who wrote last; ``None`` where it was the team.
    host = models.ForeignKey(Contributor, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField("written")
    decided_at = models.DateTimeField("decided", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: What the team answers who did not publish it.
    answer = models.CharField("what the team answers", max_length=600, blank=True)
    search = search_words.searched("monday", "problem", "done")

    objects = TakeAwayQuerySet.as_manager()

    class Meta:
        verbose_name = "take-away"
        default_permissions = ()
        ordering = ["session", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(state="published"),
                name="one_take_away_of_a_session_is_published",
            ),
            models.UniqueConstraint(
                fields=["session"], condition=~Q(state="published"), name="one_take_away_of_a_session_waits"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & ~Q(decided_at=None)),
                name="a_take_away_waits_until_it_is_decided",
            ),
            models.CheckConstraint(
                condition=~Q(problem="") & ~Q(done="") & ~Q(monday=""), name="a_take_away_says_something"
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="take_away_search", fastupdate=False)]

    def __str__(self) -> str:
        return f"Take-away {self.pk} of session {self.session_id}"

    def get_absolute_url(self) -> str:
        """Its page, once it is published."""
        return reverse("recordings:take_away", args=[self.session.event.slug, self.session.slug])

    @property
    def title(self) -> str:
        """What it is called: as its session."""
        return self.session.title

    @property
    def texts(self) -> dict[str, str]:
        """What is written, by name."""
        return {name: getattr(self, name) for name in TEXTS}

    @property
    def is_waiting(self) -> bool:
        """Whether the team has not decided yet."""
        return self.state == self.State.WAITING

    @property
    def is_withdrawn(self) -> bool:
        """Whether a host has taken it down, and has not written it anew."""
        return self.state == self.State.LEFT and not self.answer and self.decided_by_id is None

    @property
    def minutes(self) -> int:
        """How many minutes it takes to read."""
        number = sum(words_in(text) for text in (self.problem, self.done, self.monday))
        return max(1, round(number / WORDS_A_MINUTE))

    @property
    def in_short(self) -> str:
        """Its first words, for other sites and search engines."""
        return Truncator(" ".join(unescape(strip_tags(to_html(self.problem))).split())).chars(200)

    @property
    def files(self) -> list[Link]:
        """The files and links."""
        return [Link(*line.rsplit(" ", 1)) for line in self.links.splitlines()]

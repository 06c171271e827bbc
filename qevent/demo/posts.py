"""The demo's posts: in the project's own words, announcing the demo event and following up the one before."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.core.files.base import ContentFile

from blog.models import Post
from qevent.demo import drawing, sounds

Kind = Post.Kind
#: What the posts say, by their keys.
TEXTS: Final = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class DemoPicture:
    """A picture, and what it shows."""

    draw: Callable[[], IO[bytes]]
    alternative_text: str
    caption: str = ""


@dataclass(frozen=True)
class DemoVideo:
    """A video elsewhere."""

    title: str
    url: str
    length: str
    transcript: str


@dataclass(frozen=True)
class DemoAudio:
    """A piece of audio, made when it is asked for."""

    make: Callable[[], "ContentFile[bytes]"]
    title: str
    length: str
    transcript: str


@dataclass(frozen=True)
class DemoPost:
    """A post. ``authors`` are addresses of accounts, or a name with a role; ``days`` before the load."""

    key: str
    title: str
    standfirst: str
    kind: Kind
    authors: tuple[str | tuple[str, str], ...]
    days: float
    theme: str = ""
    session: str = ""
    picture: DemoPicture | None = None
    video: DemoVideo | None = None
    audio: DemoAudio | None = None

    @property
    def body(self) -> str:
        """What it says."""
        return text(self.key)


def text(key: str) -> str:
    """Return a text of the demo: Markdown, or HTML where it has what Markdown has not."""
    (file,) = TEXTS.glob(f"{key}.*")
    return file.read_text(encoding="utf-8")


ROTA = DemoPost(
    key="rota",
    title="The rota on the kitchen wall",
    standfirst="At last year’s event I drew our rota as a river, and saw where everybody drowns. This is "
    "what twenty-six people, one wall and a box of pencils made of it.",
    kind=Kind.REFLECTION,
    authors=("ada@example.org",),
    days=16,
    theme="Teams that thrive",
    session="Rota as kindness",
    picture=DemoPicture(
        drawing.swaps,
        "Bar chart of shifts swapped at less than a day’s notice. January 31, February 29, March 33; then, "
        "from April, when the wall began: April 24, May 15, June 11, July 9.",
        "Swaps at less than a day’s notice on our ward. The wall began in April.",
    ),
)

ANNOUNCEMENT = DemoPost(
    key="announcement",
    title="Two days to try things out together: registration is open",
    standfirst="Sixteen workshops, a marketplace of ideas and plenty of tea. It is online, it is free for "
    "members, and nobody has to switch on a camera.",
    kind=Kind.NEWS,
    authors=("tess@example.org",),
    days=29,
    picture=DemoPicture(
        drawing.river,
        "A drawing: two small sailing boats on three violet waves, under a coral sun.",
    ),
    audio=DemoAudio(
        sounds.bell,
        "Three tones of a bell",
        "6 seconds",
        "A bell rings three times, each tone higher than the one before. Nobody speaks.",
    ),
    theme="Fairer care",
)

LETTERS = DemoPost(
    key="letters",
    title="The letter that nobody could read",
    standfirst="We sent forty thousand appointment letters a year. Then a patient read one aloud to us, and "
    "we listened for the first time.",
    kind=Kind.POST,
    authors=("hana@example.org", ("Joan Petrie", "Patient partner, Harbour Community Trust")),
    days=9,
    theme="Working with patients",
    session="Letters that people can read",
    video=DemoVideo(
        "Joan reads a letter aloud",
        "https://video.example.org/joan-reads-a-letter",
        "3 minutes",
        text("transcript"),
    ),
)

BOOKING = DemoPost(
    key="booking",
    title="How places are given, and what to do if your workshop is full",
    standfirst="Booking is open. Here is how it works, in plain words, and why a full workshop is not the "
    "end of it.",
    kind=Kind.NEWS,
    authors=("priya@example.org",),
    days=2.5,
)

BEFORE_YOU_JOIN = DemoPost(
    key="before-you-join",
    title="Before you join: five minutes that save you twenty",
    standfirst="Check your link today, not at 9:58. And other things that people told us after last year.",
    kind=Kind.NEWS,
    authors=("tess@example.org",),
    days=0,
)

POSTS = (ANNOUNCEMENT, ROTA, LETTERS, BOOKING)

#: What a member has sent to the editors.
PROPOSAL_TITLE = "The clinic that goes for a walk"
PROPOSAL_NOTE = "Joan’s letter made me write this. Cut what you like. I have a photograph of the bench."
PROPOSAL = text("proposal")

"""A post in a browser's reader view: Mozilla's Readability, as Firefox runs it, keeps what the post is."""

import functools
from pathlib import Path

import pytest

from blog import body
from blog.models import Author, Picture, Post, Video
from qevent.localservices.install_packages import CHECKERS
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = (
    "We asked everybody on the ward which shifts they would rather not work, and why. "
    "Then we put the answers on a wall, beside the rota, where all of us walk past ten times a day. "
)
PARSE = """(source) => {
  const Readability = new Function(`${source}; return Readability;`)();
  const { title, byline, content } = new Readability(document.cloneNode(true)).parse();
  return { title, byline, content };
}"""


@functools.cache
def readability() -> str:
    """Return the library's source, which the page's own policy would not let in as a script."""
    return Path(CHECKERS, "node_modules", "@mozilla", "readability", "Readability.js").read_text()


@pytest.fixture
def post() -> Post:
    """A post as long as most, with all that a post has."""
    long = "".join(f"<p>{number}. {WORDS * 3}</p>" for number in range(6))
    markers = "<p>[[call to action]]</p><p>[[video 1]]</p>"
    made = make.post(
        "Rota as kindness",
        slug="rotas",
        event=make.event_ahead(slug="2026"),
        authors=[make.member("Ada Mensah"), make.member("Róisín O’Súilleabháin")],
        body=body.clean(f"{long}{markers}{long}"),
    )
    Author.objects.create(post=made, name="Ward 7", position=2)
    Video.objects.create(
        post=made, number=1, title="A round", url="https://v.example/1", transcript="Good morning."
    )
    made.lead_picture = Picture.objects.create(
        post=made, number=1, file="blog/a.webp", width=1, height=1, alternative_text="A board", created_at=NOW
    )
    made.save()
    for number in range(12):
        make.comment(made, body=f"Thank you, for the {number}th time. {WORDS}")
    return made


def test_reader_view_keeps_the_picture_all_authors_and_where_things_lead_and_no_comment(post, browser_page):
    browser_page.route("**/media/**", lambda route: route.fulfill(status=200, body=b""))
    browser_page.goto("/blog/rotas/")

    read = browser_page.evaluate(PARSE, readability())

    wanted = ("A board", "signup/?next", "v.example/1", "Good morning")
    found = {word: word in read["content"] for word in wanted}
    assert found == dict.fromkeys(found, True)
    assert read["title"] == "Rota as kindness"
    assert read["byline"] == "Ada Mensah, Róisín O’Súilleabháin, Ward 7"
    assert "for the 7th time" not in read["content"]

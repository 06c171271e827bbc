"""Posts to be searched, and the titles of what is found."""

from typing import Any

from blog.models import Post
from search import finding, results
from search.finding import Asked
from tests import make

NOW = make.NOW


def titles(q: str, kind: str = "") -> list[str]:
    """Titles of what is found, the best first."""
    found = finding.find(Asked(q, kind), at=NOW)
    return [one.title.text for one in results.build(found.hits, found.asked.meaning.marks, at=NOW)]


def post(title: str, text: str = "", **fields: Any) -> Post:
    return make.post(title, **({"text": text, "body": f"<p>{text}</p>", "standfirst": ""} | fields))

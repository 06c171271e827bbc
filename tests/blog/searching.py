"""Posts to be searched, and the titles of what is found."""

from blog import search, search_results
from blog.search import Asked
from tests import make

NOW = make.NOW


def titles(q: str, kind: str = "") -> list[str]:
    """Titles of what is found, the best first."""
    found = search.find(Asked(q, kind), at=NOW)
    return [one.title.text for one in search_results.of(found.hits, found.asked.meaning.marks, at=NOW)]


def post(title: str, text: str = "", **fields):
    return make.post(title, **({"text": text, "body": f"<p>{text}</p>", "standfirst": ""} | fields))

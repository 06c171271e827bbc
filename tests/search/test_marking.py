"""Words are marked in copies of texts, which are folded once, whatever is searched for."""

import pytest
from django.db import connection

from search.marking import MAX_KEPT_CHARS, marked
from search.query import meaning_of

pytestmark = pytest.mark.django_db
FOLDS_NO_MORE = "CREATE OR REPLACE FUNCTION search_marks(said text) RETURNS text LANGUAGE sql RETURN 'anew'"


def marks(q: str, *texts: str) -> list[str]:
    """The copies, with what matches in square brackets."""
    copies = marked(texts, meaning_of(q).marks)
    return [copy.replace("\ue000", "[").replace("\ue001", "]") for copy in copies]


def test_each_text_has_its_marks_in_the_order_in_which_they_came():
    assert marks("rota", "The rota", "Siân", "Rotas, again") == ["the [rota]", "sian", "[rotas], again"]
    assert marks("sian", "The rota", "Siân", "Rotas, again") == ["the rota", "[sian]", "rotas, again"]


def test_a_text_is_folded_once_and_marked_each_time():
    known, long = "A kind ward", "A kind ward " + "and more " * (MAX_KEPT_CHARS // 9)
    marks("ward", known, long)

    with connection.cursor() as cursor:
        cursor.execute(FOLDS_NO_MORE)

    assert marks("ward", known, "Another ward", long) == ["a kind [ward]", "anew", "anew"]
    assert marks("kind", "Another ward", known) == ["anew", "a [kind] ward"]


def test_what_was_kept_is_found_by_the_whole_text():
    marks("ward", "A ward of ours", "A ward of hers")

    assert marks("ward", "A ward of hers", "A ward of ours") == ["a [ward] of hers", "a [ward] of ours"]

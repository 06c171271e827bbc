"""Which words of a text match: marked by Postgres in a copy that is folded word for word (``search_marks``).

So "Siân" is marked where Sian was searched for. A copy has the same spaces, and no signs like ours; folding
takes longest of all, so copies are kept: a text says the same each time.
"""

from collections.abc import Sequence
from typing import Final

from django.db import connection

from common import prepared
from common.recent import Recent
from search.query import Marks

#: Private use (Unicode, 23.5): nobody writes them, and they are no letters.
START, STOP = "\ue000", "\ue001"
#: Copies of longer texts are not kept.
MAX_KEPT_CHARS: Final = 1_000

_OPTIONS: Final = f"StartSel={START},StopSel={STOP},HighlightAll=true"
_MARK: Final = f"""
    SELECT copy, ts_headline('english', copy, %(marks)s::tsquery, '{_OPTIONS}')
    FROM (
        SELECT place, coalesce(kept, search_marks(said)) AS copy
        FROM unnest(%(said)s::text[], %(kept)s::text[]) WITH ORDINALITY AS texts (said, kept, place)
        OFFSET 0
    ) AS copies
    ORDER BY place
"""  # noqa: S608  # marks of ours
#: A thousand beginnings of texts take three megabytes.
_copies: Recent[str] = Recent(1024)


def marked(texts: Sequence[str], marks: Marks) -> list[str]:
    """Return the folded copy of each text, with what matches between ``START`` and ``STOP``. One query."""
    kept = [_copies.recall(text) for text in texts]
    said = [None if copy is not None else text for text, copy in zip(texts, kept, strict=True)]
    with connection.cursor() as cursor:
        prepared.execute(cursor, _MARK, {"marks": marks.query, "said": said, "kept": kept})
        rows = cursor.fetchall()
    for text, (copy, _) in zip(texts, rows, strict=True):
        if len(text) <= MAX_KEPT_CHARS:
            _copies.keep(text, copy)
    return [in_copy for _, in_copy in rows]

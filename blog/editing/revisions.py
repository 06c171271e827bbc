"""What a post was when it was saved before: compared with another state of it, and brought back.

Bringing an older one back is a save like any other: it leaves a revision, and is refused where somebody has
saved meanwhile. Two revisions are compared by paragraph, and inside a changed one by word; a link stands
behind its words, so that a change of where it leads is seen.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from html import unescape
from typing import Final

from blog.editing import saving
from blog.models import Post, Revision
from common.word_changes import Kind, Piece, pieces
from members.models import Member

#: Paragraphs of more words are compared as a whole: finding the best match takes time by their cube.
MAX_COMPARED_WORDS: Final = 400
#: Where so many paragraphs or more lie between the first change and the last, they too.
MAX_COMPARED_PARAGRAPHS: Final = 500
#: What all changed paragraphs of a text may cost, in pairs of words; later ones are compared as a whole.
MAX_COMPARED_PAIRS: Final = 1_000_000
#: Of paragraphs that share less both are shown whole (1: they are the same).
LEAST_ALIKE: Final = 0.4
#: How many unchanged paragraphs stand around a change.
AROUND: Final = 1
BEGINNINGS: Final = {"h2": "## ", "h3": "### ", "h4": "#### ", "li": "- ", "blockquote": "> ", "hr": "---"}
BLOCK: Final = re.compile(r"<(/?)(p|h2|h3|h4|ul|ol|li|blockquote|hr|br)\b[^>]*>")
INSIDE: Final = re.compile(r"(<(?:li|blockquote)[^>]*>)\s*<p>")
LINK: Final = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class ChangedLine:
    """A paragraph in pieces; a run of unchanged ones is skipped: its only piece counts them."""

    kind: Kind
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Comparison:
    """What differs between two revisions; ``only_form``: nothing but emphasis, or the like."""

    title: list[ChangedLine]
    standfirst: list[ChangedLine]
    text: list[ChangedLine]
    only_form: bool


def restore(post: Post, revision: Revision, *, by: Member, at: datetime, seen: str | None) -> Post:
    """Bring the words of an older revision back. Raises what ``saving.save`` raises."""
    changes: saving.Changes = {
        "title": revision.title,
        "standfirst": revision.standfirst,
        "body": revision.body,
    }
    return saving.save(post, changes, by=by, at=at, seen=seen, restores=revision.number)


def compare(old: Revision, new: Revision) -> Comparison:
    """Say what was taken out of ``old`` and put into ``new``."""
    before, after = lines(old.body), lines(new.body)
    return Comparison(
        title=list(_lines([old.title], [new.title])),
        standfirst=list(_lines([old.standfirst], [new.standfirst])),
        text=differences(before, after),
        only_form=before == after and old.body != new.body,
    )


def differences(before: Sequence[str], after: Sequence[str]) -> list[ChangedLine]:
    """Say what became of paragraphs; those far from any change are counted."""
    return _folded(list(_lines(before, after)))


def lines(html: str) -> list[str]:
    """Return a cleaned text as an editor reads it, a line for each paragraph, marked as in Markdown."""
    linked = LINK.sub(r"\2 (\1)", INSIDE.sub(r"\1", html))

    def mark(found: re.Match[str]) -> str:
        return "\n" + ("" if found[1] else BEGINNINGS.get(found[2], ""))

    words = unescape(re.sub(r"<[^>]*>", "", BLOCK.sub(mark, linked)))
    tidy = [" ".join(line.split()) for line in words.splitlines()]
    return [line for line in tidy if line and line not in ("-", ">")]


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[ChangedLine]:
    first, last = _alike(before, after), _alike(before[::-1], after[::-1])
    last = min(last, min(len(before), len(after)) - first)
    yield from _same(before[:first])
    yield from _between(before[first : len(before) - last], after[first : len(after) - last])
    yield from _same(before[len(before) - last :])


def _between(before: Sequence[str], after: Sequence[str]) -> Iterator[ChangedLine]:
    """Compare what lies between the first change and the last."""
    if max(len(before), len(after)) > MAX_COMPARED_PARAGRAPHS:
        before, after = [" ".join(before)], [" ".join(after)]
    pairs_left = MAX_COMPARED_PAIRS
    for act, a1, a2, b1, b2 in SequenceMatcher(None, before, after).get_opcodes():
        if act == "equal":
            yield from _same(before[a1:a2])
            continue
        removed, added = before[a1:a2], after[b1:b2]
        pairs = min(len(removed), len(added))
        for old, new in zip(removed[:pairs], added[:pairs], strict=True):
            pairs_left -= len(old.split()) * len(new.split())
            yield from _changed(old, new, by_word=pairs_left >= 0)
        yield from (ChangedLine("removed", (Piece("removed", one),)) for one in removed[pairs:] if one)
        yield from (ChangedLine("added", (Piece("added", one),)) for one in added[pairs:] if one)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines both begin with."""
    for number, (here, there) in enumerate(zip(one, other, strict=False)):
        if here != there:
            return number
    return min(len(one), len(other))


def _same(lines: Sequence[str]) -> Iterator[ChangedLine]:
    return (ChangedLine("same", (Piece("same", one),)) for one in lines)


def _changed(old: str, new: str, *, by_word: bool) -> Iterator[ChangedLine]:
    """Return one paragraph with its changed words, or both where little of it is the same."""
    before, after = old.split(), new.split()
    both: tuple[tuple[Kind, str], ...] = (("removed", old), ("added", new))
    is_long = max(len(before), len(after)) > MAX_COMPARED_WORDS
    found: list[Piece] = []
    if by_word and not is_long and before and after:
        found = pieces(before, after, between=" ", least_alike=LEAST_ALIKE)
    if found:
        yield ChangedLine("same", tuple(found))
        return
    yield from (ChangedLine(kind, (Piece(kind, one),)) for kind, one in both if one)


def _is_unchanged(line: ChangedLine) -> bool:
    return all(piece.kind == "same" for piece in line.pieces)


def _folded(all_lines: list[ChangedLine]) -> list[ChangedLine]:
    """Leave out unchanged paragraphs that are far from any change, and say how many they are."""
    changed = [number for number, line in enumerate(all_lines) if not _is_unchanged(line)]
    near = {number + step for number in changed for step in range(-AROUND, AROUND + 1)}
    folded: list[ChangedLine] = []
    skipped = 0
    for number, line in enumerate(all_lines):
        if number not in near:
            skipped += 1
            continue
        if skipped:
            folded.append(_skipped(skipped))
            skipped = 0
        folded.append(line)
    return [*folded, _skipped(skipped)] if skipped else folded


def _skipped(number: int) -> ChangedLine:
    return ChangedLine("skipped", (Piece("skipped", str(number)),))

"""Words from a clipboard, each piece with how it looks; and what looks are left out, in sentences."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from blog.pasting.tree import Node, style_of

#: What is left out, by element: what it is called for one, and for several.
LEFT_OUT: Final = {
    "picture": ("picture was", "pictures were", "Add it with Add a picture.", "Add them with Add a picture."),
    "video": ("video or other embedded part was", "videos or other embedded parts were", "", ""),
}
EMBEDDED: Final = frozenset(
    {"iframe", "video", "audio", "object", "embed", "canvas", "form", "input", "button"}
)
LOST_LOOKS: Final = {
    "strike": "Text that is struck through is not struck through here: look whether it should stay.",
    "underline": "Underlining is not kept: readers take it for a link.",
    "highlight": "Highlighting is not kept.",
    "letters": "Lists that count in letters or Roman figures count in figures here.",
}


@dataclass(frozen=True)
class Marks:
    """How words look where they stand."""

    bold: bool = False
    italic: bool = False
    raised: str = ""
    code: bool = False
    href: str = ""


Run = tuple[str, Marks]


class Words:
    """Reads the words of elements; counts what it leaves out."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self.lost: set[str] = set()

    def notes(self) -> tuple[str, ...]:
        """Say what was left out."""
        said = []
        for what, (one, many, do, do_all) in LEFT_OUT.items():
            count = self.left_out[what]
            words = f"{one} not pasted. {do}" if count == 1 else f"{many} not pasted. {do_all}"
            said += [f"{count} {words}".strip()] if count else []
        return (*said, *(words for what, words in LOST_LOOKS.items() if what in self.lost))

    def runs(self, node: Node | str, marks: Marks) -> list[Run]:
        """Return the words of an element, each piece with how it looks."""
        if isinstance(node, str):
            return [(escape(node, quote=False), marks)] if node else []
        if node.tag == "br":
            return [("<br>", marks)]
        if node.tag in ("img", "svg"):
            self.left_out["picture"] += 1
            return []
        if node.tag in EMBEDDED:
            self.left_out["video"] += node.tag not in ("input", "button", "form")
            return [run for child in node.children for run in self.runs(child, marks)]
        now = self.looks(node, marks)
        return [run for child in node.children for run in self.runs(child, now)]

    def looks(self, node: Node, marks: Marks) -> Marks:
        """Return how words in an element look, by its name and its style; notes what is lost."""
        style = style_of(node)
        bold, italic = marks.bold or node.tag in ("b", "strong"), marks.italic or node.tag in ("i", "em")
        weight = style.get("font-weight", "")
        if weight:
            bold = weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= 600)
        if slant := style.get("font-style", ""):
            italic = slant.startswith(("italic", "oblique"))
        raised = {"sup": "sup", "sub": "sub"}.get(node.tag, marks.raised)
        raised = {"super": "sup", "sub": "sub", "baseline": ""}.get(style.get("vertical-align", ""), raised)
        href = node.attrs.get("href", "") if node.tag == "a" else marks.href
        self._note(node, style, href)
        return Marks(bold, italic, raised, marks.code or node.tag in ("code", "tt", "kbd"), href)

    def _note(self, node: Node, style: dict[str, str], href: str) -> None:
        line = style.get("text-decoration", "") + style.get("text-decoration-line", "")
        if node.tag in ("s", "del", "strike") or "line-through" in line:
            self.lost.add("strike")
        if (node.tag == "u" or "underline" in line) and not href and not node.has("a"):
            self.lost.add("underline")
        if node.tag == "mark" or "mso-highlight" in style:
            self.lost.add("highlight")


def written(runs: list[Run]) -> str:
    """Return words as HTML: spaces as one, none at the ends, what looks alike in one element."""
    tidy: list[Run] = []
    is_start = True
    for text, marks in runs:
        if text == "<br>":
            while tidy and not tidy[-1][0].strip("\u00a0 "):
                tidy.pop()
            if tidy:
                tidy[-1] = (tidy[-1][0].rstrip("\u00a0 "), tidy[-1][1])
            tidy.append((text, replace(marks, bold=False, italic=False, raised="", code=False)))
            is_start = True
            continue
        words = re.sub(
            r"[ \t\r\n]+", " ", re.sub(r"[\s\u00a0]*[\u00a0][\s\u00a0]+|[\s\u00a0]+\u00a0", " ", text)
        )
        words = words.lstrip() if is_start else words
        if words:
            # A space alone is no reason to end what looks alike.
            is_space = not words.strip() and tidy and tidy[-1][0] != "<br>"
            tidy.append(
                (words, replace(marks, href=tidy[-1][1].href) if is_space and not marks.href else marks)
            )
            is_start = words.endswith(" ")
    while tidy and (tidy[-1][0] == "<br>" or not tidy[-1][0].strip("\u00a0 ")):
        tidy.pop()
    while tidy and (tidy[0][0] == "<br>" or not tidy[0][0].strip("\u00a0 ")):
        tidy.pop(0)
    if tidy:
        tidy[-1] = (tidy[-1][0].rstrip(), tidy[-1][1])
    return _wrapped(tidy, 0)


#: From the outside in: what an element is called, and how it is asked for.
_ORDER: Final = ("href", "bold", "italic", "raised", "code")


def _wrapped(runs: list[Run], depth: int) -> str:
    if depth == len(_ORDER):
        return "".join(text for text, _ in runs)
    name, out, at = _ORDER[depth], "", 0
    while at < len(runs):
        value = getattr(runs[at][1], name)
        end = at
        while end < len(runs) and getattr(runs[end][1], name) == value:
            end += 1
        inner = _wrapped(runs[at:end], depth + 1)
        out += _element(name, value, inner)
        at = end
    return out


def _element(name: str, value: object, inner: str) -> str:
    if not value:
        return inner
    if name == "href":
        return f'<a href="{escape(str(value))}">{inner}</a>'
    tag = {"bold": "strong", "italic": "em", "code": "code"}.get(name, str(value))
    # Spaces at the ends belong outside: "<strong>kind </strong>words" is hard to edit.
    body = inner.strip(" ")
    before, after = inner[: len(inner) - len(inner.lstrip(" "))], inner[len(inner.rstrip(" ")) :]
    return f"{before}<{tag}>{body}</{tag}>{after}" if body else inner

"""Tables as posts have them: small, with heads that say of what they are the heads (WCAG 1.3.1, H63).

Word's tables have no heads, so the first row becomes them. A table of one cell is a frame around words.
"""

from collections.abc import Callable, Iterator
from typing import Final

from blog.pasting.tree import Node

CELLS: Final = ("td", "th")
#: A cell reaches over so many others at most.
WIDEST: Final = 20


def table(node: Node, inner: Callable[[Node], str]) -> str:
    """Return a table, or what is in it where it has one cell; ``inner`` writes a cell's blocks."""
    rows = [
        [one for one in row.children if isinstance(one, Node) and one.tag in CELLS] for row in _rows(node)
    ]
    rows = [row for row in rows if row]
    if sum(map(len, rows)) < 2:  # one cell is no table
        return "".join(inner(cell) for row in rows for cell in row)
    has_heads = any(cell.tag == "th" for row in rows for cell in row)
    lines = []
    for number, row in enumerate(rows):
        cells = (_cell(cell, inner, is_first=number == 0, has_heads=has_heads) for cell in row)
        lines.append(f"<tr>{''.join(cells)}</tr>")
    caption = next((one for one in node.children if isinstance(one, Node) and one.tag == "caption"), None)
    made = f"<table><tbody>{''.join(lines)}</tbody></table>"
    return with_caption(made, alone(inner(caption))) if caption else made


def with_caption(made: str, caption: str) -> str:
    """Return a table of ``table`` with its caption."""
    is_table = made.startswith("<table>") and caption
    return made.replace("<table>", f"<table><caption>{caption}</caption>", 1) if is_table else made


def alone(html: str) -> str:
    """Return a paragraph that is alone without its tags."""
    is_alone = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    return html[3:-4] if is_alone else html


def _rows(node: Node) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node) and child.tag == "tr":
            yield child
        elif isinstance(child, Node) and child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _cell(cell: Node, inner: Callable[[Node], str], *, is_first: bool, has_heads: bool) -> str:
    html = alone(inner(cell))
    is_head = bool(html) and (cell.tag == "th" if has_heads else is_first)
    if is_head and html.startswith("<strong>") and html.endswith("</strong>") and html.count("<strong>") == 1:
        html = html[8:-9]
    scope = f' scope="{"col" if is_first else "row"}"' if is_head else ""
    tag = "th" if is_head else "td"
    return f"<{tag}{scope}{_over(cell, 'colspan')}{_over(cell, 'rowspan')}>{html}</{tag}>"


def _over(cell: Node, name: str) -> str:
    told = cell.attrs.get(name, "")
    return f' {name}="{told}"' if told.isdecimal() and 1 < int(told[:4]) <= WIDEST else ""

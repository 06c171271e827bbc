"""HTML as tests quote it: without the white space by which a template is laid out and that nobody sees."""

import re
from typing import Final

#: Elements at whose edges white space is not shown (CSS Text 3, 4.1.2).
BLOCKS: Final = (
    "address|article|aside|blockquote|body|button|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h[1-6]|head|header|html|legend|li|link|main|meta|nav|ol|option|p|section|select|summary|table|tbody|td|th|thead|"
    "title|tr|ul"
)
EDGES: Final = re.compile(rf" ?(</?(?:{BLOCKS})\b(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>) ?")


def flat(html: str) -> str:
    """Return HTML on one line, with the spaces that readers see and those between attributes."""
    one_line = re.sub(r"\s+", " ", html).replace(" >", ">")
    return EDGES.sub(r"\1", one_line).strip()

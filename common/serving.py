"""Parts of a file, as players ask for them (RFC 9110, chapter 14), without holding a thread of the server.

A player asks "from here on". It gets the next ``BLOCK`` bytes, which are handed over whole, and asks for more
when it needs it: so that somebody on a slow line, or who pauses, keeps no thread busy. Whoever asks for
the whole file, without a range, gets it as a stream. Several ranges at once are answered as none (14.2).
"""

import re
from typing import IO, Final

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

#: Bytes of one answer: half a minute of a talk.
BLOCK: Final = 2**20
_RANGE: Final = re.compile(r"bytes=(?:(\d{1,18})-(\d{1,18})?|-(\d{1,18}))")


def part_of(
    request: HttpRequest, file: IO[bytes], size: int, *, media_type: str, tag: str
) -> HttpResponseBase:
    """Answer with the part of a file that is asked for, or all of it; the file is closed with the answer."""
    wanted = _wanted(request, size, tag)
    if wanted is None and request.method != "HEAD":
        return _about(FileResponse(file, content_type=media_type), media_type, tag, size)
    with file:
        if wanted is None:
            return _about(HttpResponse(), media_type, tag, size)
        if wanted == (0, 0):
            return _about(_unsatisfiable(size), media_type, tag, 0)
        start, stop = wanted
        file.seek(start)
        content = file.read(stop - start)
    answer = HttpResponse(content, status=206)
    answer["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return _about(answer, media_type, tag, stop - start)


def _wanted(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """Return the first byte and the one behind the last; ``None``: all of it, twice 0: what is not there.

    For another method than GET there are no ranges (14.2). One of what the browser had before counts only if
    it is the same file (``If-Range``).
    """
    found = _RANGE.fullmatch(request.headers.get("Range", "")) if request.method == "GET" else None
    if found is None or request.headers.get("If-Range", tag) != tag:
        return None
    first, last, from_end = (None if part is None else int(part) for part in found.groups())
    if from_end is not None:
        start, stop = max(0, size - from_end), size
    else:
        start, stop = first or 0, size if last is None else min(last + 1, size)
        if last is not None and last < start:
            return None  # no range at all (14.1.1), so it is as if none were asked for
    if start >= stop:
        return (0, 0)
    return start, min(stop, start + BLOCK)


def _unsatisfiable(size: int) -> HttpResponse:
    answer = HttpResponse(status=416)
    answer["Content-Range"] = f"bytes */{size}"
    return answer


def _about(answer: HttpResponseBase, media_type: str, tag: str, length: int) -> HttpResponseBase:
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Type"] = media_type
    answer["Content-Length"] = str(length)
    answer["ETag"] = tag
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

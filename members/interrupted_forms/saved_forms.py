"""What was typed into a form that met the log-in: it comes back once its writer is logged in.

It lies here for half an hour, found by a key in the browser's session. What an account's page had is shown
to that account alone; what a visitor's page had, to whoever logs in from it. Passwords, codes and files are
never kept. All of it is bounded: so much a form, so many forms an account, and so many of visitors together;
the oldest give way. The form that comes back does nothing by itself: it is there to be pressed again.
"""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.http import QueryDict

from common.storable import storable
from members.models import Member, TypedForm

RETENTION: Final = timedelta(minutes=30)
#: Characters that are kept of one form: of an account's (the longest post has 100,000), of a visitor's.
MAX_CHARS: Final = 300_000
MAX_VISITOR_CHARS: Final = 30_000
#: Forms that are kept of one account, and of all visitors.
MAX_FORMS: Final = 5
MAX_VISITORS_FORMS: Final = 500
MAX_ANSWERS: Final = 2_000

#: Names of fields that are never kept: whoever reads the database should not find them.
SECRET: Final = re.compile(r"passw|passcode|secret|token|^code$|^otp$", re.IGNORECASE)
#: What a page puts into a form besides what is typed.
#: The admin's lists add three.
_MARKS: Final = ("next", "typed_by", "typed_as", "seen", "submission", "opened", "website", "wanted", "sure")
ABOUT_THE_FORM: Final = frozenset([*_MARKS, "action", "index", "select_across"])
_SALT: Final = "members.typed"


def mark_of(member: Member) -> str:
    """Return what the member's pages put into their forms, so that they are known for theirs."""
    return Signer(salt=_SALT).sign(str(member.pk))


def typist(mark: str) -> Member | None:
    """Return whose page a form stood on by its mark; nobody where it is none of ours. One query."""
    try:
        pk = int(Signer(salt=_SALT).unsign(mark))
    except (BadSignature, ValueError):
        return None
    found: Member | None = Member.objects.filter(pk=pk).first()
    return found


def words_of(sent: QueryDict) -> QueryDict:
    """Return what may be kept of a form: no secret, no token, nothing that no database can hold."""
    words: QueryDict = QueryDict(mutable=True)
    for name, answers in sent.lists():
        if not SECRET.search(name):
            words.setlist(storable(name), [storable(str(one)) for one in answers])
    return words


def is_typed(name: str) -> bool:
    """Whether a field of this name is one that people fill in, and not the page."""
    return name not in ABOUT_THE_FORM and not name.startswith("_")


def has_words(words: QueryDict) -> bool:
    """Whether somebody typed or chose something: a button alone is pressed again without any of this."""
    return any(
        re.search(r"[^\W\d]", str(answer))
        for name, answers in words.lists()
        if is_typed(name)
        for answer in answers
    )


def keep(words: QueryDict, *, path: str, came_from: str, at: datetime) -> str:
    """Keep what ``words_of`` left of a form; return its key, "" where it is too much to be kept."""
    member = typist(words.get("typed_by", "")) if words.get("typed_by") else None
    fields = {name: words.getlist(name) for name in words}
    longest = MAX_CHARS if member else MAX_VISITOR_CHARS
    answers = [one for many in fields.values() for one in many]
    is_short = len(answers) <= MAX_ANSWERS and len(path) <= 500
    if not is_short or sum(map(len, (*answers, *fields))) > longest:
        return ""
    key = secrets.token_urlsafe(32)
    came_from = came_from if len(came_from) <= 500 else ""
    TypedForm.objects.create(
        key=key, member=member, path=path, came_from=came_from, fields=fields, kept_at=at
    )
    _make_room(member)
    return key


def kept(key: str, path: str, *, by: Member | None, at: datetime) -> TypedForm | None:
    """Return what is kept for a page, if it is theirs to see. One query."""
    stands_there = Q(path=path) | Q(came_from=path) | Q(came_from__startswith=f"{path}?")
    found = TypedForm.objects.filter(stands_there, key=key, kept_at__gt=at - RETENTION)
    return found.filter(Q(member=by) | Q(member=None)).first()


def forget(key: str) -> None:
    """Forget a form: it has been sent."""
    TypedForm.objects.filter(key=key).delete()


def sweep(*, at: datetime) -> None:
    """Forget what has lain here for too long."""
    TypedForm.objects.filter(kept_at__lte=at - RETENTION).delete()


def _make_room(member: Member | None) -> None:
    most = MAX_FORMS if member else MAX_VISITORS_FORMS
    newest: Iterable[int] = (
        TypedForm.objects.filter(member=member).order_by("-pk").values_list("pk", flat=True)[:most]
    )
    TypedForm.objects.filter(member=member).exclude(pk__in=list(newest)).delete()

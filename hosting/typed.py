"""What a host typed when their pages had closed comes back once a new code was typed in, or they logged in.

It lies where forms lie that met the log-in (``members.interrupted_forms``), as long and as bounded, found by
a key in the browser's session; whoever shows another address than the page had gets nothing of it.
"""

from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from common.refill_forms import Typed
from hosting import proof
from hosting.access import Reader
from members.interrupted_forms import saved_forms
from members.models import TypedForm

#: In the session: the key of what was typed, the page that has its form, and the address that was shown.
KEPT: Final = "hosting_typed"
#: What pages of hosts put into a form besides what is typed.
_OF_THE_PAGE: Final = ("act", "agrees")


def keep(request: HttpRequest, *, at: datetime) -> list[str]:
    """Keep what a form carried, and return what people typed into it: nothing where they typed nothing."""
    sent = saved_forms.words_of(request.POST)
    names = [name for name in sent if saved_forms.is_typed(name) and name not in _OF_THE_PAGE]
    shown = [one for name in names for one in sent.getlist(name) if one.strip()]
    if shown:
        forget(request)
        key = saved_forms.keep(sent, path=request.path, came_from="", at=at)
        email = (request.session.get(proof.SHOWN) or {}).get("email", "")
        request.session[KEPT] = {"key": key, "path": request.path, "email": email}
    return shown


def path(request: HttpRequest, reader: Reader, *, at: datetime) -> str:
    """Return the page to which what they typed belongs: "" for none."""
    kept = _kept(request)
    return kept["path"] if kept and _found(kept, reader, at) else ""


def before(request: HttpRequest, reader: Reader, *, at: datetime) -> Typed | None:
    """Return what fills the form of this page again. No query where nothing is kept for it."""
    kept = _kept(request)
    if not kept or kept["path"] != request.path:
        return None
    found = _found(kept, reader, at)
    return Typed(lambda: _sent(found), lambda: _say(request)) if found else None


def forget(request: HttpRequest) -> None:
    """Forget what was kept for this browser: it has been sent, or somebody leaves."""
    if kept := request.session.pop(KEPT, None):
        saved_forms.forget(kept["key"])


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    return request.session.get(KEPT)


def _found(kept: dict[str, Any], reader: Reader, at: datetime) -> TypedForm | None:
    found = saved_forms.kept(kept["key"], kept["path"], by=reader.member, at=at)
    is_theirs = found is not None and (found.member_id is not None or kept["email"] in ("", reader.address))
    return found if is_theirs else None


def _sent(found: TypedForm) -> QueryDict:
    sent: QueryDict = QueryDict(mutable=True)
    for name, answers in found.fields.items():
        sent.setlist(name, answers)
    return sent


def _say(request: HttpRequest) -> None:
    says = _(
        "This is what you typed before your page closed. Nothing has been sent: look through it, and press "
        "the button again."
    )
    messages.info(request, says)

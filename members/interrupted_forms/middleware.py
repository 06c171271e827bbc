"""At the edge: what a form carried when it met the log-in is kept, and the page fills it in again.

A POST that is answered with the log-in is noticed here, whichever view it was for, the admin's too. After
the log-in comes the address that it was sent to, or where that has no page the one that it was sent from.
"""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from common import refill_forms
from common.http import page_before
from members.interrupted_forms import saved_forms
from members.models import Member, TypedForm

Answer = Callable[[HttpRequest], HttpResponse]

#: Where a browser's session has the key of what was typed, and whether that has to be said.
KEY, IS_SAID = "typed_form", "typed_form_is_said"
BACK: Final = gettext_lazy(
    "This is what you typed before you logged in. Nothing has been sent: look through it, and press the "
    "button again."
)


def keep_what_is_typed(get_response: Answer) -> Answer:
    """Keep what a form carries to the log-in, and fill the page with it afterwards."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            return get_response(request)
        if request.method == "POST":
            before_key = request.session.get(KEY)
            answer = get_response(request)
            is_kept = request.session.get(KEY) not in (None, before_key)
            return answer if is_kept else _after_post(request, answer)
        before = refill_forms.Typed(lambda: _sent_before(request), lambda: _say(request))
        with refill_forms.typed_before(before):
            answer = get_response(request)
        if answer.status_code == 405:
            return _elsewhere(request) or answer
        return answer if before.is_taken else _or_words(request, answer)

    return middleware


def _or_words(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return the page that has no form for what was typed; where it was sent there, the words instead, once.

    A page that only another form leads to (an action of the admin that asks for a reason) has no address.
    """
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    is_page = answer.status_code == 200 and is_html and "HX-Redirect" not in answer
    found = _kept(request) if is_page and request.method == "GET" else None
    if found is None or found.path != request.path:
        return answer
    forget(request)
    lists = list(found.fields.items())
    context = {
        "path": found.path,
        "shown": [one for name, many in lists if saved_forms.is_typed(name) for one in many],
        "hidden": [(name, one) for name, many in lists if name != "typed_by" for one in many],
    }
    return render(request, "typed_again.html", context)


def to_log_in(request: HttpRequest, words: QueryDict, url: str, path: str, *, is_said: bool = True) -> str:
    """Keep the words and return the address of the log-in that leads back to ``path``, else ``url``.

    ``is_said``: that they are back has to be said, because the log-in was not what was asked for.
    """
    key = saved_forms.keep(
        words,
        path=path.partition("?")[0].partition("#")[0],
        came_from=page_before(request),
        at=timezone.now(),
    )
    if not key:
        return url
    request.session[KEY], request.session[IS_SAID] = key, is_said
    parts = urlsplit(url)
    query = QueryDict(parts.query, mutable=True)
    query["next"] = path
    return parts._replace(query=query.urlencode(safe="/")).geturl()


def keep_for_later(request: HttpRequest, url: str) -> str:
    """Keep what a form carries that meets another question first; return ``url``, leading back."""
    words = saved_forms.words_of(request.POST)
    is_asked_for = "application/json" not in request.headers.get("Accept", "")
    if is_asked_for and saved_forms.has_words(words):
        return to_log_in(request, words, url, request.get_full_path())
    return url


def forget(request: HttpRequest) -> None:
    """Forget what was kept for this browser: it has been sent."""
    if KEY in request.session:
        saved_forms.forget(request.session.pop(KEY))


def is_log_in(url: str) -> bool:
    """Whether an address is that of a page to log in on, or to show anew who it is."""
    return _is_one_of(url, "account_login", "admin:login") or is_proof(url)


def is_proof(url: str) -> bool:
    """Whether an address is that of a page where who is logged in shows that it is them."""
    return _is_one_of(url, "account_factor", "account_factor_give", "account_reauthenticate")


def _is_one_of(url: str, *names: str) -> bool:
    try:
        return urlsplit(url).path in {reverse(name) for name in names}
    except NoReverseMatch:
        return False


def _after_post(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Keep what met the log-in; forget what has gone through."""
    header = "HX-Redirect" if "HX-Redirect" in answer else "Location"
    url = answer.get(header, "")
    if not url:
        return answer
    match = request.resolver_match
    is_account = match is None or match.view_name.startswith("account_") or match.view_name == "admin:login"
    if not is_log_in(url):
        if not is_account and _kept(request):
            forget(request)
        return answer
    if not is_account and (not request.user.is_authenticated or is_proof(url)):
        answer[header] = keep_for_later(request, url)
    return answer


def _kept(request: HttpRequest) -> TypedForm | None:
    """Return what is kept for this address, if it is this reader's. No query where nothing is."""
    if not isinstance(request.user, Member) or KEY not in request.session:
        return None
    return saved_forms.kept(request.session[KEY], request.path, by=request.user, at=timezone.now())


def _sent_before(request: HttpRequest) -> QueryDict | None:
    found = _kept(request)
    if found is None:
        return None
    sent: QueryDict = QueryDict(mutable=True)
    for name, answers in found.fields.items():
        sent.setlist(name, answers)
    return sent


def _say(request: HttpRequest) -> None:
    if request.session.get(IS_SAID):
        messages.info(request, BACK)


def _elsewhere(request: HttpRequest) -> HttpResponse | None:
    """Lead from an address that has no page to the one on which its form stands."""
    found = _kept(request)
    is_elsewhere = found is not None and found.came_from.partition("?")[0] not in ("", request.path)
    return HttpResponseRedirect(found.came_from) if found and is_elsewhere else None

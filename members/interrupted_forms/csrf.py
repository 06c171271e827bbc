"""A form whose token is not the browser's: it never acts, and it loses no words where it came from this site.

Where no cookie came at all, cookies are off, and that is said before anything else. Otherwise the token turns
at every log-in, so a page that was open meanwhile has an old one. Where the browser says that the form came
from here (its ``Origin``, WHATWG Fetch) the page is shown again, filled in, with a fresh token, to be pressed
again. Where it says anything else, or nothing, there is only advice.
"""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from common import refill_forms
from members.interrupted_forms import cookies, saved_forms
from members.interrupted_forms.middleware import is_log_in, to_log_in
from members.models import Member

AGAIN: Final = gettext_lazy(
    "You logged in again in another tab, or this page was open for very long. Nothing has been sent. This is "
    "what you typed: look through it, and press the button again."
)


def failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django names it
    """Show the form again with what was typed, or say what to do."""
    origin = request.headers.get("Origin", "null")
    is_ours = origin == f"{request.scheme}://{request.get_host()}"
    # What another site sends comes without our cookies, whatever the browser keeps.
    is_off = (is_ours or origin == "null") and not cookies.came_back(request)
    if not is_ours:
        return _advice(request, cookies_off=is_off)
    sent, has_files = request.POST.copy(), bool(request.FILES)
    mark = sent.get("typed_by", "")
    if mark and isinstance(request.user, Member) and mark != saved_forms.mark_of(request.user):
        return _advice(request, somebody_else=True)
    words = saved_forms.words_of(sent)
    answer, is_filled = _page(request, words, is_off=is_off)
    if is_filled and answer.status_code == 200:
        answer.status_code = 403
        return answer
    url = answer.get("Location", "")
    is_kept = is_log_in(url) and not request.user.is_authenticated and saved_forms.has_words(words)
    if is_kept and not is_off:
        return HttpResponseRedirect(to_log_in(request, words, url, request.get_full_path()))
    may_send = not has_files and len(words) == len(sent) - ("csrfmiddlewaretoken" in sent)
    return _advice(request, words=words, may_send=may_send, cookies_off=is_off)


def _page(request: HttpRequest, words: QueryDict, *, is_off: bool) -> tuple[HttpResponse, bool]:
    """Return the page of this address as a GET shows it (no GET acts), and whether it took the words."""
    request.method = request.META["REQUEST_METHOD"] = "GET"
    request.POST, request._files = QueryDict(), MultiValueDict()  # type: ignore[attr-defined]  # read by now
    match = request.resolver_match
    if match is None:
        return HttpResponse(status=404), False
    before = refill_forms.Typed(lambda: words, lambda: _say(request, is_off=is_off))
    try:
        with refill_forms.typed_before(before):
            answer = match.func(request, *match.args, **match.kwargs)
            if isinstance(answer, SimpleTemplateResponse):
                answer.render()
    except (Http404, PermissionDenied):
        return HttpResponse(status=404), False
    return answer, before.is_taken


def _say(request: HttpRequest, *, is_off: bool) -> None:
    if is_off:
        cookies.is_told(request)
        messages.error(request, cookies.PRESSED)
    else:
        messages.warning(request, AGAIN)


def _advice(
    request: HttpRequest,
    *,
    somebody_else: bool = False,
    words: QueryDict | None = None,
    may_send: bool = False,
    cookies_off: bool = False,
) -> HttpResponse:
    """Say what to do; with the words, and a button that sends them again, where they came from here."""
    cookies.is_told(request)
    lists = list(words.lists()) if words is not None else []
    context = {
        "somebody_else": somebody_else,
        "cookies_off": cookies_off and {"title": cookies.TITLE, "words": cookies.PRESSED},
        "shown": [answer for name, answers in lists if saved_forms.is_typed(name) for answer in answers],
        "hidden": [(name, answer) for name, answers in lists if name != "typed_by" for answer in answers],
        "may_send": may_send,
    }
    return render(request, "403_csrf.html", context, status=403)

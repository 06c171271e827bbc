"""What holds for every request: no address makes an error, nothing personal stays behind, one language."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from common import languages

Answer = Callable[[HttpRequest], HttpResponse]


def refuse_nul(get_response: Answer) -> Answer:
    """Answer 400 to an address with a NUL: Postgres has no such text, and looking for it is an error."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or b"\0" in unquote_to_bytes(request.META.get("QUERY_STRING", "")):
            raise BadRequest("An address cannot hold a NUL.")
        return get_response(request)

    return middleware


def keep_nothing_personal(get_response: Answer) -> Answer:
    """Tell browsers and proxies to keep no page of whoever is logged in.

    Hospital computers are shared: after *Log out* the button *back* must not show their agenda again. A view
    that says itself how its answer may be kept is left alone. Costs no query: only a reader who was looked
    up already is asked for.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        reader = getattr(request, "_cached_user", None)
        if reader is not None and reader.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def speak_their_language(get_response: Answer) -> Answer:
    """Answer in the language of whoever asks; where the site speaks one only, this stays out of the way.

    Files are the same in every language, so they do not vary.
    """
    if not languages.is_a_choice():
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        with translation.override(languages.of_request(request)):
            response = get_response(request)
            if not response.streaming:
                response.headers.setdefault("Content-Language", languages.tag())
                patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    return middleware

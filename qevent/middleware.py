"""What holds for every request: a database that returns, addresses, who asks, what is kept, the language."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, MiddlewareNotUsed
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from common import languages
from common.http import next_url, page_before, redirect_or_htmx
from members.accounts import log_ins, second_factor
from members.interrupted_forms.middleware import keep_for_later
from members.models import Member
from members.readers import reader_of
from qevent import patience
from qevent.sessions import SessionStore

Answer = Callable[[HttpRequest], HttpResponse]


class DatabaseIsAway(HttpResponse):
    """The answer while there is no database."""

    status_code = 503


class WhoAsks(AuthenticationMiddleware):
    """Django's own, which looks nobody up whose row came with their session."""

    def process_request(self, request: HttpRequest) -> None:
        """Say who asks, looked up once and only where somebody wants to know."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _who_asks(request))  # type: ignore[assignment]  # as Django does


def _who_asks(request: Any) -> AbstractBaseUser | AnonymousUser:
    """Return whose the session is. What is not plainly theirs is left to Django, who may end the session.

    Whoever holds keys of the site and was away for too long is logged out.
    """
    if not hasattr(request, "_cached_user"):
        session: SessionStore = request.session
        proof = session.get(auth.HASH_SESSION_KEY) or ""
        member = session.member
        is_theirs = (
            member is not None
            and member.is_active
            and session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
            and constant_time_compare(proof, member.get_session_auth_hash())
        )
        asks = member if is_theirs else auth.get_user(request)
        if isinstance(asks, Member):
            if log_ins.goes_on(request, asks, session.log_in, at=timezone.now()):
                second_factor.withhold_rights(request, asks)
            else:
                session.flush()
                asks = AnonymousUser()
        request._cached_user = asks
    known: AbstractBaseUser | AnonymousUser = request._cached_user
    return known


def wait_for_database(get_response: Answer) -> Answer:
    """Wait a moment for a database that returns, and ask anew for a page whose connection was cut halfway.

    A page changes nothing, so it may be begun twice; what was sent may have been written, and is not.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        with patience.of_one_request():
            response = get_response(request)
            is_page = request.method in ("GET", "HEAD")
            if isinstance(response, DatabaseIsAway) and is_page and patience.is_left():
                close_old_connections()
                response = get_response(WSGIRequest(cast(WSGIRequest, request).environ))
        return response

    return middleware


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


def ask_for_second_factor(get_response: Answer) -> Answer:
    """Open no address of the team to whoever holds keys of the site and has not given their second factor.

    All below ``/team/`` and ``/admin/``, whatever the method; members pay no query for it, nor does the team.
    """
    areas = (reverse("team:index"), reverse("admin:index"))

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(areas):
            return get_response(request)
        reader = reader_of(request)
        if reader is None or not second_factor.is_missing(request, reader):
            return get_response(request)
        if request.method in ("GET", "HEAD") and not getattr(request, "htmx", False):
            return redirect(second_factor.page_for(reader, request.get_full_path()))
        back = next_url(request) or page_before(request) or reverse("team:index")
        url = second_factor.page_for(reader, back)
        return redirect_or_htmx(request, keep_for_later(request, url))

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


class CompressionMiddleware(GZipMiddleware):
    """Compresses pages; never a part of something, nor what is compressed by its kind.

    A part that was compressed fits no other part: its range counts bytes that are not those that were sent.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave video, audio and whatever is partial as it is."""
        is_media = response.headers.get("Content-Type", "").startswith(("video/", "audio/"))
        if is_media or response.status_code == 206:
            return response
        return super().process_response(request, response)

"""Reading addresses of this site that people bring, and sending them on."""

from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect


def parse_id(text: str | None) -> int:
    """Return the id that an address or a form names; 0, which no row has, for whatever is none."""
    is_one = text is not None and text.isascii() and text.isdecimal() and len(text) < 19
    return int(text) if text is not None and is_one else 0


def local_path(address: str) -> str:
    """Return an address that leads to a page of this site, beginning with its path; "" for any other."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else ""


def next_url(request: HttpRequest) -> str:
    """Return the page of this site to go on to, or back to: ``next`` of a form or an address; "" for none."""
    return local_path(request.POST.get("next") or request.GET.get("next") or "")


def page_before(request: HttpRequest) -> str:
    """Return the page of this site that a request came from, with what its address asks; "" for any other."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(referer)
    return local_path(urlunsplit(("", "", parts.path, parts.query, "")))


def redirect_or_htmx(request: HttpRequest, url: str) -> HttpResponse:
    """Go on to another page, from a form as from htmx (which would show it inside this one)."""
    is_htmx = bool(request.htmx)  # type: ignore[attr-defined]  # set by HtmxMiddleware
    return HttpResponseClientRedirect(url) if is_htmx else redirect(url)

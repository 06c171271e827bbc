"""The demo's mail: what was sent, as its readers would see it. Refused anywhere but on this machine."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.sandboxed_html import framed
from notifications import sink

MAX_SHOWN = 100
#: How headers begin by which proxies say that somebody else asks.
PROXIES = ("HTTP_FORWARDED", "HTTP_X_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA", "HTTP_CF_")

View = Callable[..., HttpResponse]


def is_on_this_machine(request: HttpRequest) -> bool:
    """Whether both the address asked for and who asks are this machine, with nobody in between."""
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    via = any(name.startswith(PROXIES) for name in request.META)
    return (
        (host == "localhost" or _is_loopback(host)) and _is_loopback(request.META["REMOTE_ADDR"]) and not via
    )


def demo_only(view: View) -> View:
    """Answer 404 unless this is the demo, asked on its own machine; never keep the answer."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEMO or not is_on_this_machine(request):
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(require_safe(guarded))


@demo_only
def mail(request: HttpRequest) -> HttpResponse:
    """The newest emails."""
    loaded = [sink.load(name) for name in sink.names()[:MAX_SHOWN]]
    emails = [email for email in loaded if email]
    return render(request, "notifications/mail.html", {"emails": emails, "shown": MAX_SHOWN})


@demo_only
def email(request: HttpRequest, name: str) -> HttpResponse:
    """One email: headers, text, HTML, files."""
    return render(request, "notifications/email.html", {"email": _load(name)})


@demo_only
def email_html(_request: HttpRequest, name: str) -> HttpResponse:
    """The HTML of one email, for the frame of its page; links open in a tab of their own."""
    return framed(_load(name).html, links=True)


@demo_only
def email_file(_request: HttpRequest, name: str, number: int) -> HttpResponse:
    """A file of one email, always as a download."""
    for file in _load(name).files:
        if file.number == number:
            return HttpResponse(
                file.content,
                content_type="application/octet-stream",
                headers={"Content-Disposition": f'attachment; filename="{_plain(file.filename)}"'},
            )
    raise Http404


def _load(name: str) -> sink.SunkEmail:
    found = sink.load(name)
    if found is None:
        raise Http404
    return found


def _plain(filename: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in filename)


def _is_loopback(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback

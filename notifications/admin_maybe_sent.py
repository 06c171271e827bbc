"""The admin's page of emails that may have been sent before a restore: by kind they are let go or dropped."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.admin.heads import list_of
from common.words import counted
from notifications import after_restore
from notifications.models import Message

NAME = "notifications_message_maybe_sent"


class DecidesMaybeSent:
    """Adds the page to the admin of messages; for those who may send messages again."""

    admin_site: Any
    opts: Any
    has_send_again_permission: Callable[[HttpRequest], bool]

    def maybe_sent_urls(self) -> list[URLPattern]:
        """Return the page, and what can be done on it."""
        shown = require_safe(self.admin_site.admin_view(self.maybe_sent))
        release = require_POST(self.admin_site.admin_view(self.release_maybe_sent))
        drop = require_POST(self.admin_site.admin_view(self.drop_maybe_sent))
        return [
            path("maybe-sent/", shown, name=NAME),
            path("maybe-sent/release/", release, name=f"{NAME}_release"),
            path("maybe-sent/drop/", drop, name=f"{NAME}_drop"),
        ]

    def maybe_sent(self, request: HttpRequest) -> HttpResponse:
        """Show what waits, by kind."""
        self._check(request)
        held = [(one, in_words(one.kind), _list_of(one.kind)) for one in after_restore.held()]
        own = {"opts": self.opts, "title": "Emails that may have been sent", "held": held}
        context = self.admin_site.each_context(request) | own
        return TemplateResponse(request, "notifications/admin_maybe_sent.html", context)

    def release_maybe_sent(self, request: HttpRequest) -> HttpResponse:
        """Let the emails of a kind go."""
        return self._decide(request, after_restore.release, _will_be_sent)

    def drop_maybe_sent(self, request: HttpRequest) -> HttpResponse:
        """Take the emails of a kind as sent."""
        return self._decide(request, after_restore.drop, _will_not_be_sent)

    def _decide(
        self, request: HttpRequest, rule: Callable[..., int], say: Callable[[int], str]
    ) -> HttpResponse:
        self._check(request)
        kind = request.POST.get("kind", "")
        is_held = any(one.kind == kind for one in after_restore.held())
        number = rule(kind, by=request.user, at=timezone.now()) if is_held else 0
        if number:
            messages.success(request, f"{in_words(kind)}: {say(number)}")
        else:
            messages.warning(request, "Nothing of that kind waits any more.")
        return redirect(reverse(f"admin:{NAME}"))

    def _check(self, request: HttpRequest) -> None:
        if not self.has_send_again_permission(request):
            raise PermissionDenied


def in_words(kind: str) -> str:
    """Return "Session changed" for ``session-changed``."""
    return kind.replace("_", " ").replace("-", " ").replace(".", ": ").capitalize()


def _list_of(kind: str) -> str:
    return list_of("notifications_message", state__exact=Message.State.MAYBE_SENT, kind=kind)


def _will_be_sent(number: int) -> str:
    return counted(number, "%(count)s email will be sent.", "%(count)s emails will be sent.")


def _will_not_be_sent(number: int) -> str:
    return counted(number, "%(count)s email will not be sent.", "%(count)s emails will not be sent.")

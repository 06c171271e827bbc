"""What is said to whoever logs in when too many do: a script waits for their turn, a page asks them to."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.accounts import hashing

#: After how long there is a turn again, on the busiest morning.
AGAIN_SECONDS: Final = "5"


class SayThatManyLogIn:
    """Answers 503 and what to do where a password was not looked at because others' were."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the view does."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer where it was too busy."""
        if not isinstance(error, hashing.Busy):
            return None
        answer = render(request, "account/busy.html", status=503)
        answer["Retry-After"] = AGAIN_SECONDS
        answer["Cache-Control"] = "no-store"
        return answer


@require_safe
@never_cache
def turn(_request: HttpRequest) -> HttpResponse:
    """Whether there is a turn to hash a password: 200, or 503 (``static/js/log-in.js`` asks)."""
    return HttpResponse(status=200 if hashing.is_free() else 503, headers={"Retry-After": AGAIN_SECONDS})

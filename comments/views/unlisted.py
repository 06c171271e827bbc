"""Pages whose address is a secret: nothing keeps them, no search engine lists them; one may have ended."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from comments.refusals import LinkEnded

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def secret(view: View[P]) -> View[P]:
    """Say with every answer that it is to be kept and listed nowhere; of an ended link, that it was."""

    @functools.wraps(view)
    def said(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except LinkEnded as ended:
            context = {"comment": ended.comment, "token": kwargs["token"]}
            answer = render(request, "comments/link_ended.html", context, status=410)
        add_never_cache_headers(answer)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return said

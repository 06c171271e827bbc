"""Pages whose address is a secret: nothing keeps them, no search engine lists them."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def secret(view: View[P]) -> View[P]:
    """Say with every answer of the view that it is to be kept and listed nowhere."""

    @never_cache
    @functools.wraps(view)
    def said(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return said

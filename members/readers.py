"""Who reads: the member that a request comes from. Pages of every app ask here."""

from django.http import HttpRequest

from members.models import Member


def reader_of(request: HttpRequest) -> Member | None:
    """Return who is logged in, ``None`` for a visitor."""
    return request.user if isinstance(request.user, Member) else None

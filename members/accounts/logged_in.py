"""Logging somebody out wherever they are logged in.

A session says in its data alone whose it is, so all are read: rare, when rights change or a factor is reset.
"""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from members.models import Member


def end_all(*members: Member, but: str = "") -> int:
    """Log them out wherever they are logged in, ``but`` in one session; return in how many browsers."""
    theirs = {str(one.pk) for one in members}
    others = Session.objects.exclude(pk=but).iterator() if theirs else ()
    keys = [one.pk for one in others if one.get_decoded().get(SESSION_KEY) in theirs]
    return Session.objects.filter(pk__in=keys).delete()[0]

"""Logging somebody out wherever they are logged in.

A session says in its data alone whose it is, so all are read: rare, when rights change or a factor is reset.
"""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from members.models import Member


def end_all(member: Member) -> int:
    """Log them out wherever they are logged in; return in how many browsers they were."""
    theirs = str(member.pk)
    keys = [one.pk for one in Session.objects.iterator() if one.get_decoded().get(SESSION_KEY) == theirs]
    return Session.objects.filter(pk__in=keys).delete()[0]

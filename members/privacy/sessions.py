"""Sessions of a person: whose one is stands in its data alone, so all are read. Rare, and in no page."""

import json
import re
from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from common.personal_data.registry import Person


def of_person(person: Person) -> "QuerySet[Session]":
    """Return where they are logged in, and where their address was typed."""
    keys = [one.pk for one in Session.objects.iterator() if _is_of(one, person)]
    return Session.objects.filter(pk__in=keys)


def forget(*, at: datetime) -> int:
    """Delete sessions that have ended; return how many."""
    return Session.objects.filter(expire_date__lte=at).delete()[0]


def _is_of(session: Session, person: Person) -> bool:
    data = session.get_decoded()
    words = json.dumps(data, default=str, ensure_ascii=False).lower()
    return data.get(SESSION_KEY) == str(person.id) or any(
        re.search(rf"(^|[^\w.+-]){re.escape(address)}($|[^\w-])", words) for address in person.addresses
    )

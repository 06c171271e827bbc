"""An event that is cancelled: who is told of it, and what changes."""

import pytest

from events import cancellation
from events.models import Contributor, Event
from notifications.models import Message
from tests import make
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db


def told():
    rows = Message.objects.filter(kind="event-cancelled").select_related("member")
    return sorted(row.member.name if row.member else row.email for row in rows)


def test_everybody_who_counts_on_it_is_told_once_and_nobody_of_another_event():
    event, other = make.event(), make.event()
    ada, bo = make.member("Ada"), make.member("Bo")
    for each, member, host in ((event, ada, "hana@example.org"), (other, bo, "else@example.org")):
        make.registration(each, member)
        make.host(make.session(each), email=host)
    make.host(make.session(event), member=ada)
    Contributor.objects.create(name="Nobody's host", email="nobody@example.org")

    cancelled = cancellation.cancel_event(event, by=BY, at=NOW)

    assert cancelled.status == Event.Status.CANCELLED
    assert told() == ["Ada", "hana@example.org"]


def test_readers_of_a_kept_programme_see_that_it_is_cancelled():
    event = make.event()

    cancellation.cancel_event(event, by=BY, at=NOW)

    assert Event.objects.get().version == event.version + 1


def test_cancelling_twice_tells_once():
    event = make.event()
    make.registration(event, make.member("Ada"))

    for _ in range(2):
        cancellation.cancel_event(event, by=BY, at=NOW)

    assert told() == ["Ada"]


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_what_is_not_published_is_not_cancelled(status):
    event = make.event(status=status)

    with pytest.raises(cancellation.EventNotCancelled, match="Only a published event"):
        cancellation.cancel_event(event, by=BY, at=NOW)

    assert Event.objects.get().status == status

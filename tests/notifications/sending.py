"""What the tests of delivery put into the outbox, send, and look up there."""

from datetime import datetime

from notifications import delivery, outbox
from notifications.models import Message
from notifications.outbox import Kind, MessageRow
from tests.make import NOW
from tests.notifications.conftest import hello

State = Message.State


def deliver(at: datetime = NOW) -> int:
    """Deliver at one moment, with waits neither shortened nor lengthened."""
    return delivery.deliver_due(clock=lambda: at, chance=lambda: 0.5)


def deliver_bulk(at: datetime = NOW) -> int:
    """The same for what goes to many."""
    return delivery.deliver_bulk(clock=lambda: at, chance=lambda: 0.5)


def put_to_many(kinds: dict[str, Kind], number: int) -> None:
    """Owe so many people one message of a kind that goes to many."""
    kinds["news"] = Kind(hello, is_bulk=True)
    rows = [MessageRow(f"all:{n:03}", email=f"{n}@example.org") for n in range(number)]
    outbox.enqueue_many("news", rows, at=NOW)


def put(key: str = "1", *, at: datetime = NOW, email: str = "ada@example.org", **fields: object) -> Message:
    outbox.enqueue("hello", at=at, key=key, email=email, **fields)  # type: ignore[arg-type]
    return Message.objects.get(kind="hello", key=key, state=State.QUEUED)


def facts(message: Message) -> dict[str, object]:
    """What the outbox says of a message now."""
    message.refresh_from_db()
    return {
        "state": message.state,
        "attempts": message.attempts,
        "send_after": message.send_after,
        "lease_until": message.lease_until,
        "last_error": message.last_error,
    }

"""The outbox under many workers, killed workers, and a broker or mail server that is away."""

import os
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
from celery import Celery
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from members.models import Member
from notifications import delivery, nudge, outbox
from notifications.models import Message
from notifications.outbox import Kind, Letter, MessageRow
from tests import make
from tests.make import NOW
from tests.notifications.conftest import kinds, server
from tests.notifications.sending import put_to_many
from tests.notifications.smtp_server import SmtpServer
from tests.notifications.test_nudge import wait_until
from tests.races.together import Act, together

__all__ = ["kinds", "server"]  # fixtures
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

State = Message.State
LATER = NOW + delivery.LEASE


@pytest.fixture(autouse=True)
def _own_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker in memory, so that no real worker hears of what the test puts."""
    app = Celery("elsewhere", broker="memory://race", set_as_current=False)
    monkeypatch.setattr(nudge, "_nudger", nudge.Nudger(app))


@pytest.fixture
def workers(server: SmtpServer) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Worker processes, ended with the test."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    server.go_on.set()
    for worker in started:
        worker.kill()
        worker.wait()


def put(number: int) -> list[str]:
    """Owe so many messages; return their Message-IDs."""
    for key in range(number):
        outbox.enqueue("hello", at=NOW, key=f"{key:03}", email=f"{key}@example.org")
    return list(Message.objects.order_by("id").values_list("message_id", flat=True))


def deliver(at: datetime = NOW) -> None:
    """What a worker does until nothing is due."""
    while delivery.deliver_due(clock=lambda: at, chance=lambda: 0.5):
        pass


def start_worker(server: SmtpServer, at: datetime = NOW) -> subprocess.Popen[bytes]:
    """A worker process on the test's database and mail server."""
    return start_process(server, "-m", "tests.races.deliver", NOW=at.isoformat())


def start_process(server: SmtpServer, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
    """A Python process on the test's database and mail server."""
    database = django_settings.DATABASES["default"] | connection.settings_dict
    query = urlencode({"host": database["HOST"], "port": database["PORT"] or "5432"})
    address = f"postgresql://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}?{query}"
    more |= {"DATABASE_URL": address, "EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
    command = [sys.executable, *arguments]
    return subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=os.environ | more)  # noqa: S603 - ours


def states() -> Counter[str]:
    return Counter(Message.objects.values_list("state", flat=True))


def test_eight_workers_send_two_hundred_messages_once_each(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    ids = put(200)

    together(*[deliver] * 8)

    assert sorted(server.message_ids) == sorted(ids)
    assert states() == {State.SENT: 200}
    assert server.connections > 1


def test_worker_processes_send_each_message_once(
    kinds: dict[str, Kind], server: SmtpServer, workers: list[subprocess.Popen[bytes]]
) -> None:
    ids = put(60)

    workers += [start_worker(server) for _ in range(3)]
    assert [worker.wait(30) for worker in workers] == [0, 0, 0]

    assert sorted(server.message_ids) == sorted(ids)
    assert states() == {State.SENT: 60}


@pytest.mark.parametrize("moment", ["RCPT TO:<4@", "CONTENT Subject: Hello 004"])
def test_a_worker_killed_while_sending_loses_nothing_and_repeats_one_message_at_most(
    kinds: dict[str, Kind], server: SmtpServer, workers: list[subprocess.Popen[bytes]], moment: str
) -> None:
    ids = put(10)
    server.waits_at = moment
    workers.append(start_worker(server))
    assert server.reached.wait(30)

    workers[0].kill()
    workers[0].wait()
    server.waits_at = None
    server.go_on.set()
    assert states() == {State.SENT: 4, State.SENDING: 1, State.QUEUED: 5}
    deliver()
    deliver(LATER)

    expected = Counter(ids)
    if moment.startswith("CONTENT"):  # the server had taken it, and nobody could record that
        expected[ids[4]] = 2
    assert Counter(server.message_ids) == expected
    assert states() == {State.SENT: 10}


def test_two_who_send_to_many_send_each_message_once_and_the_sweep_none_of_them(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    put_to_many(kinds, 200)
    ids = list(Message.objects.values_list("message_id", flat=True))

    def deliver_to_many() -> None:
        while delivery.deliver_bulk(clock=lambda: NOW, chance=lambda: 0.5):
            pass

    together(deliver_to_many, deliver_to_many, deliver)

    assert sorted(server.message_ids) == sorted(ids)
    assert states() == {State.SENT: 200}


def test_a_sweep_beside_who_sends_to_many_sends_what_is_awaited_and_no_message_twice(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    put_to_many(kinds, 500)
    server.waits_at = "RCPT TO:<2@"
    to_many = Act(lambda: delivery.deliver_bulk(clock=lambda: NOW + timedelta(minutes=5)))
    assert server.reached.wait(30)
    server.waits_at = None

    outbox.enqueue("hello", at=NOW, key="1", email="ada@example.org")
    deliver(NOW + timedelta(minutes=5))
    meanwhile = server.recipients
    server.go_on.set()
    to_many.wait()

    assert meanwhile == ["0@example.org", "1@example.org", "ada@example.org"]
    assert states() == {State.SENT: 1 + delivery.RUN, State.QUEUED: 500 - delivery.RUN}
    assert len(server.taken) == 1 + delivery.RUN


def test_the_process_that_sends_to_many_has_the_lowest_priority_and_ends_after_the_letter_in_its_hands(
    server: SmtpServer, workers: list[subprocess.Popen[bytes]]
) -> None:
    event = make.event(status="cancelled")
    rows = [
        MessageRow(f"{n:02}", member_id=make.member(f"M{n}").pk, payload={"event": event.pk})
        for n in range(5)
    ]
    outbox.enqueue_many("event-cancelled", rows, at=timezone.now())
    server.waits_at = "CONTENT"
    workers.append(start_process(server, "manage.py", "send_bulk_mail"))
    assert server.reached.wait(90)

    niceness = os.getpriority(os.PRIO_PROCESS, workers[0].pid)
    workers[0].terminate()
    server.waits_at = None
    server.go_on.set()

    assert (niceness, workers[0].wait(90)) == (19, 0)
    assert states() == {State.SENT: 1, State.QUEUED: 4}


def test_a_cause_put_by_many_while_it_is_delivered_is_told_once(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    def put_again() -> None:
        for _ in range(20):
            outbox.enqueue("hello", at=NOW, key="1", email="ada@example.org")
            deliver()

    together(*[put_again] * 8)

    assert server.recipients == ["ada@example.org"]
    assert states() == {State.SENT: 1}


def test_a_change_that_races_with_the_delivery_is_told(kinds: dict[str, Kind], server: SmtpServer) -> None:
    people = [make.member(str(number)) for number in range(4)]
    changes_done = threading.Event()

    def truth(message: Message) -> Letter:
        role = Member.objects.get(pk=message.member_id).role
        return Letter(to=f"{message.member_id}@example.org", subject=role, text=role)

    def change(person: Member) -> None:
        for number in range(1, 41):
            with transaction.atomic():
                Member.objects.filter(pk=person.pk).update(role=str(number))
                outbox.enqueue(
                    "agenda", at=NOW, key=str(person.pk), member=person, at_most=timedelta(minutes=10)
                )

    def change_all() -> None:
        together(*[lambda person=person: change(person) for person in people])
        changes_done.set()

    def work() -> None:
        while not changes_done.is_set():
            deliver()

    kinds["agenda"] = Kind(truth)
    together(change_all, work, work)
    deliver()

    last_told = {str(mail["To"]): str(mail["Subject"]) for mail in server.taken}
    assert last_told == {f"{person.pk}@example.org": "40" for person in people}
    assert states() == {State.SENT: len(server.taken)}


def test_a_later_letter_does_not_overtake_the_earlier_on_its_way(
    kinds: dict[str, Kind], server: SmtpServer
) -> None:
    person = make.member("Ada")

    def change(role: str) -> None:
        Member.objects.filter(pk=person.pk).update(role=role)
        outbox.enqueue("agenda", at=NOW, key="1", member=person, at_most=timedelta(minutes=10))

    def truth(_: Message) -> Letter:
        role = Member.objects.get(pk=person.pk).role
        return Letter(to="ada@example.org", subject=role, text=role)

    kinds["agenda"] = Kind(truth)
    server.waits_at = "RCPT TO:<ada@"
    change("Nurse")
    slow = Act(deliver)
    assert server.reached.wait(30)
    server.waits_at = None

    change("Matron")
    deliver()
    server.go_on.set()
    slow.wait()

    assert [str(mail["Subject"]) for mail in server.taken] == ["Nurse", "Matron"]
    assert states() == {State.SENT: 2}


def test_without_a_broker_no_put_waits_for_it_and_the_sweep_delivers(
    kinds: dict[str, Kind],
    server: SmtpServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"redis://127.0.0.1:{closed.getsockname()[1]}/0"
    app = Celery("away", broker=address, set_as_current=False)
    monkeypatch.setattr(nudge, "_nudger", nudge.Nudger(app))

    for number in range(20):
        with transaction.atomic():
            outbox.enqueue("hello", at=NOW, key=str(number), email="ada@example.org")

    assert wait_until(lambda: bool(given_up_by(caplog)))
    assert given_up_by(caplog) == ["nudge"]
    deliver()
    assert states() == {State.SENT: 20}
    assert len(server.taken) == 20


def given_up_by(caplog: pytest.LogCaptureFixture) -> list[str | None]:
    """The threads that found no broker: none of them may be that which books."""
    return [one.threadName for one in caplog.records if one.name == "notifications.nudge"]


def test_a_mail_server_that_was_away_gets_everything_once(
    kinds: dict[str, Kind], server: SmtpServer, settings: Settings
) -> None:
    ids = put(40)
    settings.EMAIL_PORT, port = 1, server.port  # nobody listens there

    together(*[deliver] * 4)
    assert states() == {State.QUEUED: 40}
    settings.EMAIL_PORT = port
    server.says = {"CONTENT": "451 try later"}
    together(*[lambda: deliver(NOW + timedelta(minutes=1))] * 4)
    assert states() == {State.QUEUED: 40}
    server.says = {}
    together(*[lambda: deliver(NOW + timedelta(minutes=2))] * 4)

    assert sorted(server.message_ids) == sorted(ids)
    assert states() == {State.SENT: 40}

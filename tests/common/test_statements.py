"""Queries whose text is written once: other values, the same answer as Django's own."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models import Count, F
from django.db.models.functions import JSONObject
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

from common.statements import Among, Statement
from events.models import Event, Registration, Session
from tests import make

pytestmark = pytest.mark.django_db


def test_it_finds_with_each_value_what_the_queryset_finds_with_it():
    event, other = make.event(capacity=5), make.event()
    found = Statement(lambda slug: Event.objects.select_related("places").filter(slug=slug))

    answers = [found.first(slug=slug) for slug in (event.slug, other.slug, "nowhere", event.slug)]

    assert answers == [event, other, None, event]
    assert [one.places.capacity for one in answers if one] == [5, None, 5]


def test_places_come_with_the_row_in_one_query(django_assert_num_queries):
    event = make.event(capacity=5)
    found = Statement(lambda slug: Event.objects.select_related("places").filter(slug=slug))
    found.first(slug="nowhere")

    with django_assert_num_queries(1):
        one = found.first(slug=event.slug)
        assert one is not None
        assert one.places.capacity == 5


def test_tuples_annotations_and_slices_are_those_of_the_queryset():
    event = make.event()
    for name in ("Ada", "Bo", "Cy"):
        make.registration(event, make.member(name))
    slugs = Statement(
        lambda today: Event.objects.upcoming(today).values_list("slug", flat=True)[:1],
    )
    counted = Statement(lambda pk: Event.objects.filter(pk=pk).annotate(coming=Count("registrations")))

    one = counted.first(pk=event.pk)

    assert one is not None
    assert (slugs.all(today=date(2026, 11, 19)), slugs.all(today=date(2026, 11, 20))) == ([event.slug], [])
    assert vars(one)["coming"] == 3


def test_dictionaries_and_what_is_read_beside_are_those_of_the_queryset(django_assert_num_queries):
    event = make.event(title="Ours")
    ada = make.registration(event, make.member("Ada"))
    named = Statement(
        lambda pk: Event.objects.filter(pk=pk).annotate(n=Count("registrations")).values("n", "title")
    )
    coming = Statement(lambda pk: Event.objects.filter(pk=pk).prefetch_related("registrations"))
    coming.all(pk=0)

    with django_assert_num_queries(2):
        one = coming.first(pk=event.pk)
        assert one is not None
        assert list(one.registrations.all()) == [ada]
    assert named.all(pk=event.pk) == [{"n": 1, "title": "Ours"}]


def test_what_the_database_says_as_text_becomes_a_value_again():
    event = make.event(title="Ours")
    about = JSONObject(title=F("title"))
    told = Statement(lambda pk: Event.objects.filter(pk=pk).annotate(about=about))
    said = Statement(lambda pk: Event.objects.filter(pk=pk).values_list(about, flat=True))

    (one,) = told.all(pk=event.pk)

    assert (vars(one)["about"], said.all(pk=event.pk)) == ({"title": "Ours"}, [{"title": "Ours"}])


def test_a_value_may_stand_in_a_query_within_another():
    event, ada = make.event(), make.member("Ada")
    make.registration(event, ada)
    theirs = Statement(
        lambda member: Event.objects.filter(
            registrations__in=Registration.objects.confirmed().filter(member=member)
        )
    )

    assert (theirs.all(member=ada.pk), theirs.all(member=ada.pk + 1)) == ([event], [])


def test_rows_may_be_those_of_another_query():
    event, other, ada = make.event(), make.event(), make.member("Ada")
    make.registration(event, ada)
    theirs = Statement(
        lambda member: Event.objects.filter(
            Among("pk", Registration.objects.confirmed().filter(member=member).values("event"))
        )
    )

    assert (theirs.all(member=ada.pk), theirs.all(member=ada.pk + 1)) == ([event], [])
    assert set(Event.objects.filter(Among("pk", Event.objects.values("pk")))) == {event, other}


def test_what_is_the_same_each_time_is_part_of_the_text(django_assert_num_queries):
    event = make.event(title="100 % %s 'of' us")
    found = Statement(
        lambda slug: Event.objects.filter(slug=slug, title="100 % %s 'of' us", status=Event.Status.PUBLISHED)
    )

    with django_assert_num_queries(2) as asked:
        answers = [found.first(slug=slug) for slug in (event.slug, "nowhere")]

    assert answers == [event, None]
    assert [one["sql"].partition(" ")[2].partition(" ")[2] for one in asked] == [
        f"('{slug}')" for slug in (event.slug, "nowhere")
    ]


def test_the_text_is_written_once(monkeypatch: pytest.MonkeyPatch):
    event = make.event()
    found = Statement(lambda pk: Session.objects.filter(event=pk).order_by(F("starts_at").asc()))
    found.all(pk=event.pk)
    session = make.session(event)
    monkeypatch.setattr(SQLCompiler, "as_sql", lambda *_: 1 / 0)

    assert [one.pk for one in found.all(pk=event.pk)] == [session.pk]


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection(django_assert_num_queries):
    event = make.event()
    found = Statement(lambda slug: Event.objects.filter(slug=slug))
    found.first(slug=event.slug)
    answers: list[Event | None] = []

    def ask() -> None:
        answers.append(found.first(slug=event.slug))
        connection.close()

    one = threading.Thread(target=ask)
    with django_assert_num_queries(0):  # on the connection of this thread
        one.start()
        one.join()

    assert answers == [event]


@pytest.mark.django_db(transaction=True)
def test_a_lock_needs_a_transaction_each_time():
    event = make.event()
    locked = Statement(lambda slug: Event.objects.select_for_update(no_key=True).filter(slug=slug))
    with transaction.atomic():
        assert locked.first(slug=event.slug) == event

    with pytest.raises(TransactionManagementError):
        locked.first(slug=event.slug)


def test_a_value_that_is_missing_is_an_error():
    found = Statement(lambda slug: Event.objects.filter(slug=slug))
    found.first(slug="nowhere")

    with pytest.raises(KeyError, match="slug"):
        found.first()


def test_ids_are_asked_for_among_any_number_with_one_text(django_assert_num_queries):
    events = [make.event() for _ in range(3)]
    found = Statement(lambda numbers: Event.objects.filter(Among("pk", numbers)).order_by("pk"))
    numbers = [one.pk for one in events]

    answers = [found.all(numbers=asked) for asked in ([], numbers[:1], [*numbers, 10**15])]

    assert answers == [[], events[:1], events]
    with django_assert_num_queries(1) as asked:
        assert list(Event.objects.filter(Among("pk", numbers[1:])).order_by("pk")) == events[1:]
    assert " = ANY(" in asked.captured_queries[0]["sql"]

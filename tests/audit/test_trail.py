"""What the trail keeps, and that it is only added to."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from audit import history, trail
from audit.actors import COMMAND, SITE, VISITOR, Actor, Via, importing
from audit.acts import Act
from audit.history import HistoryLine
from audit.models import Entry
from events.models import Session, Theme
from members.models import Member
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return make.session(make.event())


def test_an_entry_can_be_neither_changed_nor_deleted(session):
    trail.record(session, Act.SESSION_CHANGED, by=SITE, at=NOW)

    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        Entry.objects.update(at=NOW + timedelta(days=1))
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        Entry.objects.all().delete()

    assert Entry.objects.get().at == NOW


@pytest.mark.parametrize(
    "who", [Actor(Via.PERSON), Actor(Via.SITE, 1), Actor(Via.VISITOR, 1)], ids=lambda who: str(who.via)
)
def test_a_person_is_named_and_nobody_else_is(session, who):
    with pytest.raises(IntegrityError), transaction.atomic():
        trail.record(session, Act.SESSION_CHANGED, by=who, at=NOW)


def test_an_import_is_its_persons_and_that_of_a_command_nobodys():
    sam = make.member("Sam")

    assert importing(sam) == Actor(Via.IMPORT, sam.pk)
    assert importing(COMMAND) == COMMAND


def test_what_is_deleted_keeps_its_history_and_keeps_nothing_from_being_deleted():
    sam, theme = make.member("Sam"), make.theme(make.event())
    trail.record(theme, Act.ADDED, by=sam, at=NOW)
    gone = Theme(pk=theme.pk)

    theme.delete()
    EmailAddress.objects.filter(user=sam).delete()
    sam.delete()

    assert history.lines(history.entries_of(gone)) == [
        HistoryLine(NOW, "Somebody whose account was erased", "Added it")
    ]


def test_acts_are_told_the_newest_first_with_who_and_what(session, django_assert_num_queries):
    sam = make.member("Sam")
    facts: list[tuple[Act, Member | Actor, dict[str, Any]]] = [
        (Act.SESSION_ADDED, sam, {}),
        (Act.SESSION_CHANGED, importing(sam), {"fields": ["starts_at", "room"]}),
        (Act.PLACES_SET, COMMAND, {"places": 1200}),
        (Act.PLACES_SET, SITE, {"places": None}),
        (Act.PICTURE_ADDED, VISITOR, {"number": 2}),
    ]
    for minute, (act, by, more) in enumerate(facts):
        trail.record(session, act, by=by, at=NOW + timedelta(minutes=minute), **more)
    trail.record(make.session(session.event), Act.SESSION_ADDED, by=sam, at=NOW)

    with django_assert_num_queries(2):
        lines = history.lines(history.entries_of(session))

    assert [(line.who, line.what) for line in lines] == [
        ("A visitor", "Added a picture: 2"),
        ("The site itself", "Set how many places there are: no limit"),
        ("A command on the server", "Set how many places there are: 1,200"),
        ("Sam, by an import", "Changed the session: starts, room"),
        ("Sam", "Added the session"),
    ]


def test_an_act_and_a_field_that_are_known_no_more_are_told_by_their_names(session):
    Entry.objects.create(
        at=NOW, act="session.painted", via=Via.SITE, thing="events.session", thing_id=session.pk,
        facts={"fields": ["old_colour"]},
    )  # fmt: skip

    assert history.lines(history.entries_of(session)) == [
        HistoryLine(NOW, "The site itself", "session.painted: old colour")
    ]


@pytest.mark.slow
def test_many_acts_are_written_by_the_thousand(session, django_assert_num_queries):
    entries = [trail.entry(session, Act.SESSION_CHANGED, by=SITE, at=NOW) for _ in range(2001)]

    with django_assert_num_queries(3):
        trail.record_all(entries)

    assert Entry.objects.count() == 2001


def test_one_act_for_many_things_is_one_statement_and_told_as_of_each(session, django_assert_num_queries):
    others = [make.session(session.event, title=title) for title in ("One", "Two")]

    with django_assert_num_queries(1):
        trail.record_each(Session, [one.pk for one in others], Act.SESSION_ADDED, by=SITE, at=NOW)

    expected = [trail.entry(one, Act.SESSION_ADDED, by=SITE, at=NOW) for one in others]
    assert [as_told(one) for one in Entry.objects.order_by("pk")] == [as_told(one) for one in expected]


def as_told(entry):
    """What an entry says, whichever number it has."""
    return {field.attname: getattr(entry, field.attname) for field in Entry._meta.concrete_fields} | {"id": 0}
